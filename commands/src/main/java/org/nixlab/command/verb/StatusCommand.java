package org.nixlab.command.verb;

import java.time.Duration;
import java.util.List;

import org.nixlab.base.Await;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.Display;
import org.nixlab.command.display.Redraw;
import org.nixlab.command.display.StatusListing;
import org.nixlab.lab.Lab;
import org.nixlab.machine.MachineStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        footer = {
            "",
            "Examples:",
            "  status",
            "  status web* -o json",
            "  status -w            keep looking until Ctrl-C",
        })
final class StatusCommand implements Action {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    @Mixin
    final MachinesParameter machines = new MachinesParameter();

    @Mixin
    final OutputOption output = new OutputOption();

    @Option(
            names = {"-w", "--watch"},
            description = "Keep looking until Ctrl-C.")
    boolean watch;

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.lab();
        if (watch) {
            return watch(lab, context.display());
        }
        var statuses = look(lab);
        StatusListing.columns().print(statuses, output.format, context.display().out());
        return Outcome.of(statuses);
    }

    private Outcome watch(Lab lab, Display display) {
        var redraw = new Redraw(display, display.out());
        while (true) {
            var lines = StatusListing.columns().lines(look(lab), display.out().style());
            if (display.out().cursor()) {
                redraw.draw(lines);
            } else {
                lines.forEach(display::result);
            }
            Await.pause(PERIOD, "status");
        }
    }

    private List<MachineStatus> look(Lab lab) {
        return lab.status(machines.selector(), timeout.deadline(lab, Lab.TimedWork.LOOK));
    }
}

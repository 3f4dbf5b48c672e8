package org.nixlab.command.verb;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.nixlab.base.TimeText;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.command.text.Count;
import org.nixlab.lab.Lab;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        footer = {
            "",
            "Machines start in parallel and go through kernel, systemd and backdoor to ready.",
            "Those that run already are left alone, also if they run an older configuration: 'restart'",
            "gives them the new one.",
            "",
            "Examples:",
            "  run",
            "  run web*             only the web servers",
            "  run --use-backdoor   leave MACHINE.socket for other programs",
            "  run --timeout 5m",
        })
final class RunCommand implements Action {
    @Mixin
    final MachinesParameter machines = new MachinesParameter();

    @Option(names = "--use-backdoor", description = "Leave ./MACHINE.socket, a root shell, for other programs.")
    boolean useBackdoor;

    @Option(names = "--no-out-link", description = "Leave no link 'result'.")
    boolean noOutLink;

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        return timed(context, progress -> {
            var lab = context.labToChange(progress);
            var request = new Lab.RunRequest(
                    useBackdoor, !noOutLink && context.session().choice().outLink(), timeout.chosen);
            return lab.run(machines.selector(), request, progress, timeout.deadline(lab, Lab.TimedWork.RUN));
        });
    }

    /** Starts machines, and says how long that took. */
    static Outcome timed(Context context, Function<Progress, List<MachineStatus>> start) {
        long begin = System.nanoTime();
        var ready = ProgressDisplay.during(context.display(), start);
        var time = TimeText.format(Duration.ofNanos(System.nanoTime() - begin));
        context.display().message(Count.of(ready.size(), "machine") + " ready after " + time);
        return Outcome.of(ready);
    }
}

package org.nixlab.command.verb;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        footer = {
            "",
            "The guests shut down cleanly, in the end by force. Their disks stay.",
            "",
            "Examples:",
            "  stop",
            "  stop db",
            "  stop !web            all but web",
        })
final class StopCommand implements Action {
    @Mixin
    final MachinesParameter machines = new MachinesParameter();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        try (var progress = ProgressDisplay.of(context.display())) {
            var lab = context.labToChange(progress);
            lab.stop(machines.selector(), progress, timeout.deadline(lab, Lab.TimedWork.STOP));
            return Outcome.OK;
        }
    }
}

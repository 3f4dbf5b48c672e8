package org.nixlab.command.verb;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        footer = {
            "",
            "What the guests wrote to their disks stays; what changed in the network file is taken over.",
            "",
            "Examples:",
            "  restart web",
            "  restart all --timeout 5m",
        })
final class RestartCommand implements Action {
    @Mixin
    final MachinesParameter machines = new MachinesParameter();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        return RunCommand.timed(context, progress -> {
            var lab = context.labToChange(progress);
            var request = new Lab.RunRequest(false, context.session().choice().outLink(), timeout.chosen);
            return lab.restart(machines.selector(), request, progress, timeout.deadline(lab, Lab.TimedWork.RUN));
        });
    }
}

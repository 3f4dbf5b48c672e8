package org.nixlab.command.verb;

import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.lab.Lab;
import org.nixlab.lab.system.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        footer = {
            "",
            "The guests notice nothing; what they had not yet written is lost, as in a power cut.",
            "",
            "Examples:",
            "  kill web",
            "  kill all",
        })
final class KillCommand implements Action {
    @Mixin
    final MachinesParameter machines = new MachinesParameter();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        if (machines.words.isEmpty()) {
            throw LabException.input("kill: which machine is not said", "", "name one, or write 'kill all'");
        }
        var lab = context.labToChange(Progress.NONE);
        lab.kill(machines.selector(), timeout.deadline(lab, Lab.TimedWork.STOP));
        return Outcome.OK;
    }
}

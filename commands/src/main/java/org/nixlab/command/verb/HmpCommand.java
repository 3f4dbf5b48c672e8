package org.nixlab.command.verb;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "QEMU prints its errors like any other answer.",
            "",
            "Examples:",
            "  hmp web help",
            "  hmp web info network",
            "  hmp web info block",
        })
final class HmpCommand implements Action {
    @Mixin
    final MachineParameter machine = new MachineParameter();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "TEXT", description = "A line for QEMU's monitor.")
    List<String> words = new ArrayList<>();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.lab();
        var answer =
                machine.machine(lab).monitor().hmp(String.join(" ", words), timeout.deadline(lab, Lab.TimedWork.LOOK));
        context.display().out().print(answer);
        return Outcome.of(answer);
    }
}

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
            "Keys that are held together are joined by hyphens, and have QEMU's names (QKeyCode).",
            "",
            "Examples:",
            "  key web ctrl-alt-f2",
            "  key web ret",
            "  key web down down ret        one after the other",
        })
final class KeyCommand implements Action {
    @Mixin
    final MachineParameter machine = new MachineParameter();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEYS", description = "Keys to press.")
    List<String> keys = new ArrayList<>();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.lab();
        var monitor = machine.machine(lab).monitor();
        var deadline = timeout.deadline(lab, Lab.TimedWork.SCRIPT);
        keys.forEach(combination -> monitor.press(combination, deadline));
        return Outcome.OK;
    }
}

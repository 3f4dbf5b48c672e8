package org.nixlab.command.verb;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "The machine needs a screen (virtualisation.graphics = true). Its keyboard is taken to have",
            "a US layout.",
            "",
            "Examples:",
            "  type -n web root             and the return key",
            "  type -n web 'ls -l /etc'",
            "  key web ctrl-alt-f2          keys that are no characters",
        })
final class TypeCommand implements Action {
    @Mixin
    final MachineParameter machine = new MachineParameter();

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "TEXT", description = "What to type.")
    List<String> words = new ArrayList<>();

    @Option(
            names = {"-n", "--enter"},
            description = "Press the return key at the end.")
    boolean enter;

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.lab();
        var text = String.join(" ", words) + (enter ? "\n" : "");
        machine.machine(lab).monitor().type(text, timeout.deadline(lab, Lab.TimedWork.SCRIPT));
        return Outcome.OK;
    }
}

package org.nixlab.command.verb;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.text.Json;
import org.nixlab.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "The answer is JSON; Groovy gets it as maps and lists. QEMU's QMP reference lists the",
            "commands.",
            "",
            "Examples:",
            "  qmp web query-status",
            "  qmp web query-block |> jq '.[].inserted.file'",
            "  qmp web human-monitor-command '{\"command-line\": \"info network\"}'",
            "  qmp('web', 'query-status').status",
        })
final class QmpCommand implements Action {
    @Mixin
    final MachineParameter machine = new MachineParameter();

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "JSON",
            description = "A command with its arguments, or a whole request.")
    List<String> words = new ArrayList<>();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.lab();
        var answer =
                machine.machine(lab).monitor().qmp(String.join(" ", words), timeout.deadline(lab, Lab.TimedWork.LOOK));
        context.display().out().print(Json.text(answer) + "\n");
        return Outcome.of(answer);
    }
}

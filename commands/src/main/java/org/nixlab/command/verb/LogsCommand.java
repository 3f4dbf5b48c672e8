package org.nixlab.command.verb;

import java.util.Optional;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.GuestOutput;
import org.nixlab.machine.Journal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "What was printed before the journal began is in 'console'.",
            "",
            "Examples:",
            "  logs web",
            "  logs web httpd       one unit only",
            "  logs web -f          and what comes, until Ctrl-C",
            "  logs web -n 20 httpd | grep error",
        })
final class LogsCommand implements Action {
    @Mixin
    final MachineParameter machine = new MachineParameter();

    @Parameters(index = "1", arity = "0..1", paramLabel = "UNIT", description = "Only what this unit wrote.")
    Optional<String> unit = Optional.empty();

    @Mixin
    final LogOptions log = new LogOptions();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var vm = machine.machine(context.lab());
        var request = Journal.request(unit, log.lines, log.follow);
        var output = GuestOutput.plain(context.display());
        try {
            var deadline = timeout.deadline(TimeoutOption.NO_LIMIT);
            var result = context.execute(vm, request, output, deadline);
            return Outcome.check(result.succeeded(), result);
        } finally {
            output.finish();
        }
    }
}

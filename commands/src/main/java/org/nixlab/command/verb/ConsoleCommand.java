package org.nixlab.command.verb;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.GuestOutput;
import org.nixlab.machine.ConsoleLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        footer = {
            "",
            "The serial console is kept in a file, also of machines that have stopped.",
            "",
            "Examples:",
            "  console web",
            "  console web -n 30",
            "  console web -f       and what comes, until Ctrl-C",
            "  console web | less",
        })
final class ConsoleCommand implements Action {
    @Mixin
    final MachineParameter machine = new MachineParameter();

    @Mixin
    final LogOptions log = new LogOptions();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var vm = machine.machine(context.lab());
        var file = vm.consoleLog();
        if (!Files.exists(file)) {
            throw LabException.input(
                    vm.declared().name() + " has not run yet, so its console printed nothing",
                    "",
                    "'run " + vm.declared().name() + "' starts it");
        }
        var output = GuestOutput.plain(context.display());
        try {
            var limit = timeout.deadline(TimeoutOption.NO_LIMIT);
            ConsoleLog.pass(file, log.lines, Optional.of(limit).filter(deadline -> log.follow), output);
        } catch (IOException e) {
            throw new LabException(ExitCode.HOST_FAILED, "the console's file cannot be read", file.toString(), "", e);
        } finally {
            output.finish();
        }
        return Outcome.of(file);
    }
}

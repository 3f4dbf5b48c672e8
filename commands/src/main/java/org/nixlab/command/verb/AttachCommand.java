package org.nixlab.command.verb;

import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        footer = {
            "",
            "Leave with Ctrl-]; what runs in it is hung up. Ctrl-] twice sends one to the guest.",
            "",
            "Examples:",
            "  attach web",
            "  attach -u alice web",
            "  attach --console web         where the kernel speaks; the return key asks for a login",
        })
final class AttachCommand implements Action {
    @Mixin
    final MachineParameter machine = new MachineParameter();

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "Log in as USER instead of root.")
    Optional<String> user = Optional.empty();

    @Option(
            names = {"-c", "--console"},
            description = "Show the serial console instead; one terminal at a time.")
    boolean console;

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        if (console && user.isPresent()) {
            throw LabException.input(
                    "attach: the serial console asks for the user itself",
                    "-u " + user.get(),
                    "leave out one of -u and -c");
        }
        var screen = context.frontend()
                .screen()
                .orElseThrow(() ->
                        LabException.input("attach needs a terminal", "", "'exec MACHINE COMMAND' works without one"));
        var lab = context.lab();
        var vm = machine.machine(lab);
        var name = vm.declared().name();
        var deadline = timeout.deadline(lab, Lab.TimedWork.ATTACH);
        try (var session = console
                ? vm.attachConsole(screen::note, deadline)
                : vm.attach(
                        user.filter(account -> !account.isEmpty()),
                        screen.columns(),
                        screen.rows(),
                        screen::note,
                        deadline)) {
            context.display()
                    .message("attached to " + (console ? "the console of " : "") + name + "; leave with Ctrl-]");
            boolean ended = screen.passThrough(session);
            context.display().message(ended ? "the shell on " + name + " has ended" : "left " + name);
        }
        return Outcome.OK;
    }
}

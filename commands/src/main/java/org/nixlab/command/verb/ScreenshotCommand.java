package org.nixlab.command.verb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.Screen;
import org.nixlab.lab.Lab;
import org.nixlab.machine.Vm;
import org.nixlab.machine.screen.VirtualConsole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "The machine needs a screen (virtualisation.graphics = true). Without a file the picture is",
            "shown in terminals that can: kitty, iTerm2 and their like, and those with sixel.",
            "",
            "Examples:",
            "  screenshot web",
            "  screenshot web login.png",
            "  screenshot web --text        the text on the screen, where it shows text",
        })
final class ScreenshotCommand implements Action {
    @Mixin
    final MachineParameter machine = new MachineParameter();

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "A PNG file to write.")
    Optional<Path> file = Optional.empty();

    @Option(
            names = {"-t", "--text"},
            description = "Show the text of the virtual console in front.")
    boolean text;

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.lab();
        var vm = machine.machine(lab);
        var deadline = timeout.deadline(lab, Lab.TimedWork.SCRIPT);
        if (text) {
            var shown = VirtualConsole.read(vm, deadline);
            context.display().out().print(shown);
            return Outcome.of(shown);
        }
        if (file.isPresent()) {
            var target = context.session().directory().resolve(file.get());
            vm.monitor().screenshot(target, deadline);
            return Outcome.of(target);
        }
        var screen = context.frontend()
                .screen()
                .orElseThrow(() -> LabException.input(
                        "screenshot: there is no terminal to show it on", "", "name a file: screenshot web web.png"));
        show(vm, screen, deadline);
        return Outcome.OK;
    }

    private static void show(Vm vm, Screen screen, Deadline deadline) {
        try {
            var picture = Files.createTempFile("nixlab-screen", ".png");
            try {
                vm.monitor().screenshot(picture, deadline);
                if (!screen.show(Files.readAllBytes(picture))) {
                    throw LabException.input(
                            "screenshot: this terminal shows no pictures",
                            "",
                            "name a file: screenshot web web.png; or ask for --text");
                }
            } finally {
                Files.deleteIfExists(picture);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.nixlab.lab.method;

import java.util.List;

import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.machine.screen.SerialText;
import org.nixlab.machine.screen.VirtualConsole;

/** Text on the serial console and on virtual ones. */
final class ConsoleMethods {
    private static final String TTY = "its name or number: tty1, 1";

    private ConsoleMethods() {}

    static List<MachineMethod> all() {
        var tty = MachineMethod.named("getTtyText", "gives the text of a virtual console")
                .needs("tty", Kind.TEXT, TTY)
                .timed()
                .does((machine, arguments) ->
                        VirtualConsole.read(machine.vm(), arguments.needText("tty"), machine.deadline(arguments)));
        return List.of(
                MachineMethod.named("getConsoleLog", "gives all that its serial console printed since it was started")
                        .does((machine, arguments) -> machine.vm().console().text()),
                MachineMethod.named(
                                "waitForConsoleText",
                                "waits until a text is printed on its serial console; the next"
                                        + " wait goes on behind it")
                        .needs("regex", Kind.PATTERN, "the text, as a regular expression")
                        .timed()
                        .does((machine, arguments) -> {
                            SerialText.await(machine.vm(), arguments.pattern("regex"), machine.deadline(arguments));
                            return null;
                        }),
                MachineMethod.named("sendConsole", "types a text on its serial console")
                        .needs("chars", Kind.TEXT, "the text")
                        .timed()
                        .does((machine, arguments) -> {
                            SerialText.type(machine.vm(), arguments.needText("chars"), machine.deadline(arguments));
                            return null;
                        }),
                tty,
                tty.alsoNamed("dumpTtyContents"),
                MachineMethod.named("waitUntilTtyMatches", "waits until a text is on a virtual console")
                        .needs("tty", Kind.TEXT, TTY)
                        .needs("regexp", Kind.PATTERN, "the text, as a regular expression")
                        .timed()
                        .does((machine, arguments) -> {
                            machine.await(
                                    look -> VirtualConsole.matches(
                                            look, arguments.needText("tty"), arguments.pattern("regexp")),
                                    arguments);
                            return null;
                        }));
    }
}

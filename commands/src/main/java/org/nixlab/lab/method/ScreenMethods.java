package org.nixlab.lab.method;

import java.util.List;

import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.machine.screen.Keyboard;
import org.nixlab.machine.screen.ScreenText;
import org.nixlab.machine.screen.Windows;

/** Screen and keyboard, and windows on it. */
final class ScreenMethods {
    private ScreenMethods() {}

    static List<MachineMethod> all() {
        var key = MachineMethod.named("sendKey", "presses keys together on its keyboard")
                .needs("key", Kind.TEXT, "their names, joined by hyphens: ctrl-alt-f2, ret; or one character")
                .takes("delay", Kind.TIME, "a pause behind it; else none")
                .timed()
                .does((machine, arguments) -> {
                    Keyboard.of(machine.vm(), arguments.time("delay"))
                            .press(arguments.needText("key"), machine.deadline(arguments));
                    return null;
                });
        var type = MachineMethod.named("sendChars", "types a text on its keyboard, which is an American one")
                .needs("chars", Kind.TEXT, "the text")
                .takes("delay", Kind.TIME, "a pause behind every key; else it is as fast as the guest reads")
                .timed()
                .does((machine, arguments) -> {
                    Keyboard.of(machine.vm(), arguments.time("delay"))
                            .type(arguments.needText("chars"), machine.deadline(arguments));
                    return null;
                });
        return List.of(
                MachineMethod.named("screenshot", "writes what its screen shows to a PNG file of the host")
                        .needs("filename", Kind.TEXT, "the file")
                        .timed()
                        .does((machine, arguments) -> {
                            machine.vm()
                                    .monitor()
                                    .screenshot(
                                            machine.path(arguments.needText("filename")), machine.deadline(arguments));
                            return null;
                        }),
                key,
                key.alsoNamed("key"),
                type,
                type.alsoNamed("type"),
                MachineMethod.named("getScreenText", "reads the text on its screen from a picture, and gives it")
                        .timed()
                        .does((machine, arguments) -> new ScreenText(machine.vm()).read(machine.deadline(arguments))),
                MachineMethod.named(
                                "getScreenTextVariants",
                                "reads the text on its screen in several ways, and gives what" + " each came to")
                        .timed()
                        .does((machine, arguments) ->
                                new ScreenText(machine.vm()).variants(machine.deadline(arguments))),
                MachineMethod.named("waitForText", "waits until a text is on its screen")
                        .needs("regex", Kind.PATTERN, "the text, as a regular expression")
                        .timed()
                        .does((machine, arguments) -> {
                            new ScreenText(machine.vm()).await(arguments.pattern("regex"), machine.deadline(arguments));
                            return null;
                        }),
                MachineMethod.named(
                                "waitForX",
                                "waits until an X server serves, and somebody has a session on it if there"
                                        + " is a display manager")
                        .timed()
                        .does((machine, arguments) -> {
                            machine.await(Windows::serverIsUp, arguments);
                            return null;
                        }),
                MachineMethod.named("getWindowNames", "gives the names of the windows of its X server")
                        .timed()
                        .does((machine, arguments) -> Windows.names(machine.vm(), machine.deadline(arguments))),
                MachineMethod.named("waitForWindow", "waits until its X server has a window of a name")
                        .needs("regexp", Kind.PATTERN, "the name, as a regular expression")
                        .timed()
                        .does((machine, arguments) -> {
                            machine.await(look -> Windows.named(look, arguments.pattern("regexp")), arguments);
                            return null;
                        }));
    }
}

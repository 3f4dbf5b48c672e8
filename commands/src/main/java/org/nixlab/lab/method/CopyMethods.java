package org.nixlab.lab.method;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.machine.GuestFiles;
import org.nixlab.talk.CopyProgress;

/** Files from and to the host. */
final class CopyMethods {
    private CopyMethods() {}

    static List<MachineMethod> all() {
        var from = MachineMethod.named(
                        "copyFromHost",
                        "copies a file or directory of the host into it, and makes the"
                                + " directories above the target")
                .needs("source", Kind.TEXT, "a path of the host")
                .needs("target", Kind.TEXT, "a path of the machine")
                .timed()
                .does((machine, arguments) -> {
                    GuestFiles.makeParent(machine.vm(), arguments.needText("target"), machine.deadline(arguments));
                    return in(machine, arguments);
                });
        var out = MachineMethod.named(
                        "copyFromMachine", "copies a file or directory of it into a directory of the host")
                .needs("source", Kind.TEXT, "a path of the machine")
                .takes("targetDir", Kind.TEXT, "", "the directory, made if it is not there")
                .timed()
                .does(CopyMethods::intoDirectory);
        return List.of(
                from,
                from.alsoNamed("copyFromHostViaShell"),
                out,
                out.alsoNamed("copyFromVm"),
                MachineMethod.named(
                                "copyWithin",
                                "copies a file or directory of it to another place in it, and makes the directories above"
                                        + " the target; a link is copied as what it leads to")
                        .needs("source", Kind.TEXT, "a path of the machine")
                        .needs("target", Kind.TEXT, "another; a directory receives it under its own name")
                        .timed()
                        .does((machine, arguments) -> {
                            GuestFiles.copy(
                                    machine.vm(),
                                    arguments.needText("source"),
                                    arguments.needText("target"),
                                    machine.deadline(arguments));
                            return null;
                        }),
                MachineMethod.named("copyIn", "copies a file or directory of the host into it")
                        .needs("source", Kind.TEXT, "a path of the host")
                        .needs("target", Kind.TEXT, "a path of the machine; a directory receives it under its own name")
                        .timed()
                        .does(CopyMethods::in),
                MachineMethod.named("copyOut", "copies a file or directory of it to the host")
                        .needs("source", Kind.TEXT, "a path of the machine")
                        .needs("target", Kind.TEXT, "a path of the host; a directory receives it under its own name")
                        .timed()
                        .does((machine, arguments) -> {
                            machine.vm()
                                    .copyOut(
                                            arguments.needText("source"),
                                            machine.path(arguments.needText("target")),
                                            notes(machine),
                                            machine.deadline(arguments));
                            return null;
                        }));
    }

    private static Object in(MethodTarget machine, Arguments arguments) {
        machine.vm()
                .copyIn(
                        machine.path(arguments.needText("source")),
                        arguments.needText("target"),
                        notes(machine),
                        machine.deadline(arguments));
        return null;
    }

    private static Object intoDirectory(MethodTarget machine, Arguments arguments) {
        var directory = machine.path(arguments.needText("targetDir"));
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        machine.vm().copyOut(arguments.needText("source"), directory, notes(machine), machine.deadline(arguments));
        return null;
    }

    private static CopyProgress notes(MethodTarget machine) {
        return new CopyProgress() {
            @Override
            public void copied(long done, long total) {}

            @Override
            public void note(String line) {
                machine.progress().note(line);
            }
        };
    }
}

package org.nixlab.command.verb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.lab.Lab;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.GuestFiles;
import org.nixlab.machine.Vm;
import org.nixlab.talk.OutputSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "The file is opened in $VISUAL, $EDITOR or vi, and written back with its owner and mode if",
            "it was changed. One that does not exist is made.",
            "",
            "Examples:",
            "  edit web:/etc/hosts",
        })
final class EditCommand implements Action {
    @Parameters(index = "0", paramLabel = "MACHINE:PATH", description = "The file.")
    String file = "";

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.session().lab(Progress.NONE);
        var place = CopyPlace.of(file);
        var chosen = place.machines()
                .orElseThrow(() -> LabException.input(
                        "edit opens files of machines", file, "write MACHINE:PATH; !vi opens one of the host"));
        var vm = MachineParameter.one(
                chosen, lab, names -> LabException.input("edit opens a file of one machine", file, "name one machine"));
        var limit = timeout.deadline(lab, Lab.TimedWork.SCRIPT).remaining();
        try {
            var directory = Files.createTempDirectory("nixlab-edit-");
            var local = directory.resolve(name(place.path()));
            try {
                fetch(vm, place.path(), local, Deadline.in(limit));
            } catch (LabException e) {
                discard(local);
                throw e;
            }
            var before = Files.readAllBytes(local);
            context.frontend().edit(local);
            var after = Files.readAllBytes(local);
            if (Arrays.equals(before, after)) {
                context.display().message(file + " is as it was");
            } else {
                writeBack(vm, place.path(), after, local, Deadline.in(limit));
            }
            discard(local);
            return Outcome.OK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Editors choose colours by names. What has none is no file, and the machine says so. */
    private static String name(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() || name.equals(".") || name.equals("..") ? "file" : name;
    }

    private static void discard(Path local) throws IOException {
        Files.deleteIfExists(local);
        Files.delete(local.getParent());
    }

    private static void fetch(Vm vm, String path, Path local, Deadline deadline) throws IOException {
        try (OutputStream target = Files.newOutputStream(local)) {
            if (GuestFiles.exists(vm, path, deadline)) {
                OutputSink sink = (stream, data) -> {
                    try {
                        if (stream == OutputSink.Stream.OUT) {
                            target.write(data);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                };
                GuestFiles.read(vm, path, sink, deadline);
            }
        }
    }

    private static void writeBack(Vm vm, String path, byte[] content, Path local, Deadline deadline) {
        try {
            GuestFiles.write(vm, path, new ByteArrayInputStream(content), deadline);
        } catch (LabException e) {
            // The user's work must not be lost with the machine.
            throw new LabException(e.exitCode(), e.getMessage(), local.toString(), "your text is still there", e);
        }
    }
}

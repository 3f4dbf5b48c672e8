package org.nixlab.command.verb;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.nixlab.machine.GuestFiles;
import org.nixlab.machine.Vm;
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
        var lab = context.lab();
        var place = CopyPlace.of(file);
        var chosen = place.machines()
                .orElseThrow(() -> LabException.input(
                        "edit opens files of machines", file, "write MACHINE:PATH; !vi opens one of the host"));
        var vm = MachineParameter.one(
                chosen, lab, names -> LabException.input("edit opens a file of one machine", file, "name one machine"));
        var limit = timeout.deadline(lab, Lab.TimedWork.SCRIPT).remaining();
        try {
            var before = read(vm, place.path(), Deadline.in(limit));
            var local = Files.createTempDirectory("nixlab-edit-").resolve(name(place.path()));
            Files.write(local, before);
            context.frontend().edit(local);
            var after = Files.readAllBytes(local);
            if (Arrays.equals(before, after)) {
                context.display().message(file + " is as it was");
            } else {
                writeBack(vm, place.path(), after, local, Deadline.in(limit));
            }
            Files.deleteIfExists(local);
            Files.delete(local.getParent());
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

    private static byte[] read(Vm vm, String path, Deadline deadline) {
        var content = new ByteArrayOutputStream();
        if (GuestFiles.exists(vm, path, deadline)) {
            GuestFiles.read(vm, path, (stream, data) -> content.writeBytes(data), deadline);
        }
        return content.toByteArray();
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

package org.nixlab.guest.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.GuestShell;
import org.nixlab.guest.channel.Nonce;
import org.nixlab.guest.tar.RawName;
import org.nixlab.talk.CopyProgress;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.ShellWord;

/**
 * Copies files and directories into a machine and out of it, with their modes, times and symbolic links, as {@code cp}
 * names things: into a target that is a directory, else under the target's name. A link that is named itself is followed.
 * What arrives belongs to the user who receives it, root in the machine, or to the owner of the file whose place it takes,
 * which keeps its mode, too; only between machines owners stay. On the host nothing becomes setuid, and the umask holds:
 * what a guest holds is not to be trusted there. Holes of sparse files stay holes. Names are bytes, and need not be text.
 *
 * <p>Nothing is seen at the target before all of it has arrived and its checksums are right. A directory that is there
 * already is added to, file by file. What changes, comes or goes while it is copied fails nothing: what was there at the
 * beginning is copied, and the progress told. What cannot be read fails the copy after the rest is in its place.
 */
public final class GuestCopy {
    private final GuestShell shell;
    private final String machine;

    public GuestCopy(GuestShell shell, String machine) {
        this.shell = shell;
        this.machine = machine;
    }

    /**
     * Copies a file or directory of the host into the machine.
     *
     * @param target path in the machine; a relative one is relative to root's home
     */
    public CopyResult in(Path source, String target, CopyProgress progress, Deadline deadline) {
        try {
            var real = source.toRealPath();
            var name = source.toAbsolutePath().getFileName();
            if (name == null || name.toString().matches("\\.{1,2}")) {
                name = real.getFileName();
            }
            if (name == null) {
                throw LabException.input(
                        "the whole host cannot be copied", source.toString(), "name a directory of it");
            }
            return in(real, name, target, progress, deadline);
        } catch (IOException e) {
            throw LabException.input(source + " does not exist", "", "");
        }
    }

    private CopyResult in(Path source, Path name, String target, CopyProgress progress, Deadline deadline) {
        var stage = HostStage.PREFIX + Nonce.next();
        var notes = new CopyNotes();
        long total = size(source);
        try (var path = shell.copyPath(deadline)) {
            var sender = new TarSender(stage, path, notes, done -> progress.copied(done, total));
            var script = new CopyScript(path).receive(target, RawName.ofTarget(name), stage);
            var receiver = new MachineReceiver(shell, machine, path, "`" + source + "`", target);
            var result = receiver.receive(
                    script,
                    stream -> new MachineReceiver.Sent<>(sender.send(source, stream), sender.sums(), Optional.empty()),
                    deadline);
            tell(notes, progress);
            return result;
        }
    }

    /** Copies a file or directory of the machine to the host. */
    public CopyResult out(String source, Path target, CopyProgress progress, Deadline deadline) {
        var plan = CopyPlan.of(source);
        var sender = new MachineSender(shell, machine, plan, deadline);
        long total = size(plan, deadline);
        try (var stage = HostStage.beside(target)) {
            var receiver = new TarReceiver(stage, plan, sender.watching(progress), total);
            var doubtful = sender.send(receiver::receive);
            sender.sendAgain(doubtful, receiver::receiveAgain);
            receiver.finish();
            var name = RawName.path(RawName.ofText(plan.name()));
            HostTarget.put(
                    stage.tree().resolve(plan.stage()), Files.isDirectory(target) ? target.resolve(name) : target);
            tell(plan.notes(), progress);
            return receiver.result();
        } catch (IOException e) {
            throw LabException.host(
                    source + " could not be copied to " + target + ": " + e.getMessage(), machine, "", e);
        }
    }

    /**
     * Copies a file or directory of the machine into another one, with its owners and all bits of its modes. If one of
     * the two was built by others it goes by way of the host, as {@link #out} and {@link #in} do it.
     */
    public void across(String source, GuestCopy to, String target, CopyProgress progress, Deadline deadline) {
        if (isClassic(deadline) || to.isClassic(deadline)) {
            acrossHost(source, to, target, progress, deadline);
            return;
        }
        var plan = CopyPlan.of(source);
        var sender = new MachineSender(shell, machine, plan, deadline);
        long total = size(plan, deadline);
        try (var into = to.shell.copyPath(deadline)) {
            var script = new CopyScript(into).receiveSent(target, plan);
            var receiver = new MachineReceiver(to.shell, to.machine, into, source, target);
            receiver.receive(
                    script,
                    stream -> {
                        var relay = new TarRelay(plan, stream, total, sender.watching(progress));
                        var doubtful = sender.send(relay::pass);
                        var again = Optional.of(doubtful)
                                .filter(names -> !names.isEmpty())
                                .<MachineReceiver.Sender<Boolean>>map(names -> more -> {
                                    sender.sendAgain(names, relay::pass);
                                    return new MachineReceiver.Sent<>(true, relay.sums(), Optional.empty());
                                });
                        return new MachineReceiver.Sent<>(true, relay.sums(), again);
                    },
                    deadline);
        }
        tell(plan.notes(), progress);
    }

    private boolean isClassic(Deadline deadline) {
        try (var path = shell.copyPath(deadline)) {
            return path.takesInput();
        }
    }

    private void acrossHost(String source, GuestCopy to, String target, CopyProgress progress, Deadline deadline) {
        try (var stage = HostStage.beside(Path.of(System.getProperty("java.io.tmpdir")))) {
            out(source, stage.tree(), progress, deadline);
            try (var files = Files.list(stage.tree())) {
                var arrived = files.findFirst().orElseThrow();
                // As it is: what the machine sent must not lead to other files of the host.
                to.in(arrived, arrived.getFileName(), target, (done, total) -> {}, deadline);
            }
        } catch (IOException e) {
            throw LabException.host(source + " could not be copied by way of the host: " + e.getMessage(), machine, "");
        }
    }

    // Returns -1 if the files cannot be counted.
    private static long size(Path source) {
        try (var files = Files.walk(source)) {
            return files.filter(file -> !TarSender.isLeftOut(source.relativize(file)))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return -1;
        }
    }

    // About how many bytes; -1 if the machine does not say. One file says it itself.
    private long size(CopyPlan plan, Deadline deadline) {
        var quoted = ShellWord.quote(plan.source());
        var counted = shell.run(ExecRequest.of("[[ -d " + quoted + " ]] && du -sbD -- " + quoted), deadline);
        var text = counted.getOut().split("\\s", 2)[0];
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private void tell(CopyNotes notes, CopyProgress progress) {
        notes.lines().forEach(progress::note);
        notes.unread().ifPresent(files -> {
            throw LabException.host("not everything was copied: " + files, machine, "the rest is in its place");
        });
    }
}

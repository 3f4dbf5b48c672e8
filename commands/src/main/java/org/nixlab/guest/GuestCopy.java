package org.nixlab.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/**
 * Copies files and directories into a machine and out of it, with their modes, times and symbolic links, as {@code cp}
 * names things: into a target that is a directory, else under the target's name. What arrives belongs to the user who
 * receives it: root in the machine; only between machines owners stay. On the host nothing becomes setuid: what a guest
 * holds is not to be trusted there. Holes of sparse files stay holes.
 *
 * <p>Nothing is seen at the target before all of it has arrived and its checksums are right. A directory that is there
 * already is added to, file by file.
 */
public final class GuestCopy {
    private static final String STAGE = ".nixlab-copy-";

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
    public CopyResult in(Path source, String target, CopyListener listener, Deadline deadline) {
        try {
            var name = source.toAbsolutePath().normalize().getFileName();
            return in(source.toRealPath(), name == null ? "root" : name.toString(), target, listener, deadline);
        } catch (IOException e) {
            throw LabException.input(source + " does not exist", "", "");
        }
    }

    /** @param source is sent as it is, also if it is a link */
    private CopyResult in(Path source, String name, String target, CopyListener listener, Deadline deadline) {
        var stage = STAGE + Nonce.next();
        long total = size(source);
        try (var path = shell.copyPath(deadline)) {
            var sender = new TarSender(stage, path, done -> listener.copied(done, total));
            var script = new CopyScript(path).receive(target, name, stage);
            return receive("`" + source + "`", script, path, target, deadline, stream -> {
                var result = sender.send(source, stream);
                return new Sent<>(result, sender.sums());
            });
        }
    }

    /** Copies a file or directory of the machine to the host. */
    public CopyResult out(String source, Path target, CopyListener listener, Deadline deadline) {
        long total = size(source, deadline);
        var stage = stage(target);
        try (var path = shell.copyPath(deadline);
                var running = sender(source, path, deadline)) {
            var output = new CommandOutput(running, deadline);
            var receiver = new TarReceiver(stage, path.checksum(), listener, total);
            var result = unpack(receiver, path.input(running, output), running);
            if (output.finish().status() != 0) {
                throw failure(source + " could not be copied from the machine", path, output);
            }
            if (!receiver.sums().equals(path.checksum().sorted(output.errors()))) {
                throw failure(source + " changed while it was copied, or was damaged");
            }
            place(stage, target);
            return result.orElseThrow();
        } catch (IOException e) {
            throw new LabException(
                    ExitCode.HOST_FAILED,
                    source + " could not be copied to " + target + ": " + e.getMessage(),
                    machine,
                    "",
                    e);
        } finally {
            delete(stage);
        }
    }

    /**
     * Copies a file or directory of the machine into another one, with its owners and all bits of its modes. If one of
     * the two was built by others it goes by way of the host, as {@link #out} and {@link #in} do it.
     */
    public void across(String source, GuestCopy to, String target, CopyListener listener, Deadline deadline) {
        try (var from = shell.copyPath(deadline);
                var into = to.shell.copyPath(deadline)) {
            if (!from.takesInput() && !into.takesInput()) {
                across(source, from, to, into, target, listener, deadline);
                return;
            }
        }
        acrossHost(source, to, target, listener, deadline);
    }

    private void across(
            String source,
            CopyPath from,
            GuestCopy to,
            CopyPath into,
            String target,
            CopyListener listener,
            Deadline deadline) {
        long total = size(source, deadline);
        var script = new CopyScript(into).receiveSent(target, name(source, deadline), STAGE + Nonce.next());
        try (var sending = sender(source, from, deadline)) {
            to.receive(source, script, into, target, deadline, stream -> {
                var output = new CommandOutput(sending, deadline);
                try (var input = from.input(sending, output)) {
                    pump(input, stream, done -> listener.copied(total < 0 ? done : Math.min(done, total), total));
                }
                if (output.finish().status() != 0) {
                    throw failure(source + " could not be copied from the machine", from, output);
                }
                return new Sent<>(true, from.checksum().sorted(output.errors()));
            });
        }
    }

    /** Runs the script that receives, and lets a thread send. Returns what that made. */
    private <T> T receive(
            String source, String script, CopyPath path, String target, Deadline deadline, Sender<T> sender) {
        var what = source + " could not be copied to " + target;
        try (var running = shell.start("copying " + source, request(script), true, deadline)) {
            var output = new CommandOutput(running, deadline);
            var stream = path.output(running, output);
            var sending = new Sending<>(machine, running, () -> {
                try (stream) {
                    return sender.send(stream);
                }
            });
            var sums = path.takesInput() ? Optional.<List<String>>empty() : linesToEnd(output);
            if (sums.isPresent()) {
                var sent = sending.result(what, deadline).map(Sent::sums);
                if (!sent.equals(sums.map(lines -> path.checksum().sorted(String.join("\n", lines))))) {
                    throw failure(source + " changed while it was copied, or was damaged");
                }
                running.stdin().write("right\n".getBytes(StandardCharsets.US_ASCII));
            }
            var exit = output.finish();
            path.disconnect();
            var sent = sending.result(what, deadline);
            if (exit.status() != 0) {
                throw failure(what, path, output);
            }
            return sent.orElseThrow().result();
        } catch (IOException e) {
            throw failure(what + ": " + e.getMessage());
        }
    }

    /** What sends, and what came of it. */
    private interface Sender<T> {
        Sent<T> send(OutputStream stream) throws IOException;
    }

    private record Sent<T>(T result, List<String> sums) {}

    // Returns -1 if the files cannot be counted.
    private static long size(Path source) {
        try (var files = Files.walk(source)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return -1;
        }
    }

    /** Returns what a tree of the machine is called where it arrives. */
    private String name(String source, Deadline deadline) {
        var name = source.replaceAll("/+$", "");
        name = name.substring(name.lastIndexOf('/') + 1);
        if (!name.equals(".") && !name.equals("..")) {
            return name;
        }
        var real = shell.run(ExecRequest.of("realpath -s -- " + GuestScript.quote(source)), deadline);
        var path = real.out().text().stripTrailing();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    // About how many bytes; -1 if the machine does not say. One file says it itself.
    private long size(String source, Deadline deadline) {
        var quoted = GuestScript.quote(source);
        var counted = shell.run(ExecRequest.of("[[ -d " + quoted + " ]] && du -sb -- " + quoted), deadline);
        var text = counted.out().text().split("\\s", 2)[0];
        return text.matches("\\d+") ? Long.parseLong(text) : -1;
    }

    private void acrossHost(String source, GuestCopy to, String target, CopyListener listener, Deadline deadline) {
        try {
            var stage = Files.createTempDirectory("nixlab-copy-");
            try {
                out(source, stage, listener, deadline);
                try (var files = Files.list(stage)) {
                    var tree = files.findFirst().orElseThrow();
                    to.in(tree, tree.getFileName().toString(), target, (done, total) -> {}, deadline);
                }
            } finally {
                delete(stage);
            }
        } catch (IOException e) {
            throw failure(source + " could not be copied by way of the host: " + e.getMessage());
        }
    }

    private RunningCommand sender(String source, CopyPath path, Deadline deadline) {
        var script = new CopyScript(path).send(source);
        return shell.start("copying " + source, request(script), false, deadline);
    }

    /** Not every guest has every program of a copy on its path. */
    private ExecRequest request(String script) {
        return ExecRequest.of("PATH=$PATH:" + GuestScript.quote(shell.programs() + "/bin") + "\n" + script);
    }

    // An archive that is cut short has its reason in what the machine says of it.
    private static Optional<CopyResult> unpack(TarReceiver receiver, InputStream stream, RunningCommand sender)
            throws IOException {
        try (stream) {
            var result = receiver.receive(stream);
            stream.transferTo(OutputStream.nullOutputStream());
            return Optional.of(result);
        } catch (IOException e) {
            if (sender.hasFailed()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void pump(InputStream from, OutputStream to, LongConsumer progress) throws IOException {
        var buffer = new byte[256 * 1024];
        long bytes = 0;
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            to.write(buffer, 0, count);
            bytes += count;
            progress.accept(bytes);
        }
    }

    /** Returns the lines before {@code end}, or nothing if that never comes. */
    private static Optional<List<String>> linesToEnd(CommandOutput output) throws IOException {
        var lines = new ArrayList<String>();
        var reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.US_ASCII));
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.equals("end")) {
                return Optional.of(lines);
            }
            lines.add(line);
        }
        return Optional.empty();
    }

    private LabException failure(String what, CopyPath path, CommandOutput output) {
        var reason = output.errors()
                .lines()
                .filter(line -> !path.checksum().isSum(line))
                .findFirst()
                .orElse("");
        return failure(what + (reason.isEmpty() ? "" : ": " + reason));
    }

    private LabException failure(String what) {
        return LabException.host(what, machine, "");
    }

    private static Path stage(Path target) {
        var parent =
                Files.isDirectory(target) ? target : target.toAbsolutePath().getParent();
        if (!Files.isDirectory(parent)) {
            throw LabException.input("there is no directory " + parent, "", "make it first");
        }
        try {
            return Files.createTempDirectory(parent, STAGE);
        } catch (IOException e) {
            throw LabException.input(
                    "nothing can be written to " + parent + ": " + e.getMessage(), "", "choose another target");
        }
    }

    private static void place(Path stage, Path target) throws IOException {
        try (var children = Files.list(stage)) {
            for (var child : children.toList()) {
                merge(child, Files.isDirectory(target) ? target.resolve(child.getFileName()) : target);
            }
        }
    }

    private static void merge(Path from, Path to) throws IOException {
        // A link that an earlier copy brought is replaced, never gone through.
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS) || !Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
            move(from, to);
            return;
        }
        try (var children = Files.list(from)) {
            for (var child : children.toList()) {
                merge(child, to.resolve(child.getFileName()));
            }
        }
    }

    // A directory that nobody may write to cannot be moved either.
    private static void move(Path from, Path to) throws IOException {
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            var mode = Files.getPosixFilePermissions(from);
            Files.setPosixFilePermissions(from, PosixFilePermissions.fromString("rwx------"));
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(to, mode);
        } else {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    // What cannot be deleted must not hide why the copy failed.
    private static void delete(Path tree) {
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    Files.delete(path);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path path, IOException failure) throws IOException {
                    Files.delete(path);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.getLogger(GuestCopy.class.getName()).log(System.Logger.Level.DEBUG, "left " + tree, e);
        }
    }
}

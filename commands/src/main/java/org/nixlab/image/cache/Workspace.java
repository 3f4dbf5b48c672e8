package org.nixlab.image.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

/**
 * Room for one build: a directory for intermediate files, gone when the build is over, and a log that stays.
 *
 * <p>Root directories are unpacked elsewhere, in a directory that subordinate users can reach: a home directory is often
 * closed to them. The next builder finds what a killed one left there.
 */
public final class Workspace implements AutoCloseable {
    /** What the smallest system takes, in MiB. */
    private static final int SYSTEM = 600;

    private final Path directory;
    private final Path log;
    private Path roots;

    private Workspace(Path directory, Path log) {
        this.directory = directory;
        this.log = log;
    }

    /** Makes a fresh one; the caller holds the lock of the entry {@code id}. */
    static Workspace open(Path cache, String id) throws IOException {
        var directory = cache.resolve("build").resolve(id + ".work");
        var log = cache.resolve("log").resolve(id + ".log");
        Files.createDirectories(log.getParent());
        Files.deleteIfExists(log);
        var workspace = new Workspace(directory, log);
        workspace.clear();
        Files.createDirectories(directory);
        workspace.roots = WorkRoots.make(temporary(), workspace.record());
        return workspace;
    }

    /** Returns a path for an intermediate file. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Returns a directory for root directories, writable for subordinate users. */
    public Path roots() {
        return roots;
    }

    /** Goes on if there is room for a system's root directory, and for the archives made of it. */
    public void requireSpace(String what) {
        DiskSpace.require(what, SYSTEM, directory, roots);
    }

    public Path log() {
        return log;
    }

    /**
     * Runs a program; what it prints goes to the log.
     *
     * @throws LabException if it fails; the message quotes the end of its output
     */
    public ProcessResult run(String what, HostCommand command, Deadline deadline) {
        var result = attempt(command, line -> {}, deadline);
        if (!result.succeeded()) {
            throw BuildFailure.of(what, command.program(), result.out() + result.err(), log);
        }
        return result;
    }

    /**
     * Runs a program as {@link #run} does, tells a listener its standard error line by line, and leaves the judgement to
     * the caller.
     */
    public ProcessResult attempt(HostCommand command, Consumer<String> listener, Deadline deadline) {
        try (var out = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(("$ " + command + "\n").getBytes(StandardCharsets.UTF_8));
            return run(command, out, new LineSplitter(out, listener), deadline);
        } catch (IOException e) {
            throw BuildFailure.of("the log " + log, e);
        }
    }

    /** Runs a program under the eyes of the next builder: it ends what outlived a nixlab that was killed. */
    private ProcessResult run(HostCommand command, OutputStream out, OutputStream errors, Deadline deadline)
            throws IOException {
        try (var running = HostProcess.start(command, out, errors)) {
            Daemon.of(running.pid()).ifPresent(process -> process.save(running()));
            return running.await(deadline);
        } finally {
            Files.deleteIfExists(running());
        }
    }

    private Path running() {
        return directory.resolveSibling(directory.getFileName() + ".running");
    }

    private Path record() {
        return directory.resolveSibling(directory.getFileName() + ".roots");
    }

    @Override
    public void close() {
        clear();
    }

    private void clear() {
        Daemon.load(running()).ifPresent(Daemon::kill);
        FileTrees.delete(running());
        FileTrees.delete(directory);
        WorkRoots.delete(record());
    }

    /** Not {@code /tmp} by default: that is memory on many hosts. */
    private static Path temporary() {
        var chosen = System.getenv("TMPDIR");
        return chosen == null || chosen.isEmpty() ? Path.of("/var/tmp") : Path.of(chosen);
    }

    /** Passes bytes on and tells a listener each whole line. */
    private static final class LineSplitter extends OutputStream {
        private final OutputStream next;
        private final Consumer<String> listener;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        private LineSplitter(OutputStream next, Consumer<String> listener) {
            this.next = next;
            this.listener = listener;
        }

        @Override
        public void write(int b) throws IOException {
            next.write(b);
            if (b == '\n' || b == '\r') {
                listener.accept(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }
    }
}

package org.nixlab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;

import static java.util.Objects.requireNonNull;

/**
 * The right to change a lab. It is taken with the first change and kept until the shell closes the lab; the kernel
 * frees it when the shell dies, however that happens.
 */
final class LabLock implements AutoCloseable {
    /** Longer than anybody has the lock who only looks whether it is free. */
    private static final Duration LOOKING = Duration.ofMillis(300);

    private final String lab;
    private final Path file;
    private FileChannel channel; // guarded by this
    private FileLock lock; // guarded by this

    LabLock(String lab, Path file) {
        this.lab = requireNonNull(lab, "lab");
        this.file = requireNonNull(file, "file");
    }

    /**
     * Takes the lock unless this shell has it already.
     *
     * @throws LabException (host) if another shell has it; it names that process
     */
    synchronized void take() {
        try {
            Await.host()
                    .until(
                            new Condition("the lab", () -> new Observation(tryTake(), "taken"), ""),
                            Deadline.in(LOOKING));
        } catch (DeadlineException e) {
            throw LabException.host(
                    "the lab " + lab + " belongs to another shell (" + holder() + ")",
                    file.getParent().toString(),
                    "look and exec work from here; end the other shell to start and stop machines from this one");
        }
    }

    /** Returns whether this shell has the lock, taking it for a moment if it is free. */
    synchronized boolean isOwnOrFree() {
        if (lock != null) {
            return true;
        }
        boolean free = tryTake();
        close();
        return free;
    }

    String holder() {
        try {
            return "pid " + Files.readString(file).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            channel = null;
            lock = null;
        }
    }

    private boolean tryTake() {
        if (lock != null) {
            return true;
        }
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            if (lock == null) {
                close();
                return false;
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return true;
        } catch (OverlappingFileLockException e) {
            close();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

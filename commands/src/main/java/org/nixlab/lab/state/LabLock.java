package org.nixlab.lab.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.process.Lease;

import static java.util.Objects.requireNonNull;

/**
 * The right to change a lab: a lease that is taken with the first change and kept until the shell closes the lab.
 */
public final class LabLock implements AutoCloseable {
    /** Longer than anybody has the lock who only looks whether it is free. */
    private static final Duration LOOKING = Duration.ofMillis(300);

    private final String lab;
    private final Path file;
    private Lease lease; // guarded by this

    public LabLock(String lab, Path file) {
        this.lab = requireNonNull(lab, "lab");
        this.file = requireNonNull(file, "file");
    }

    /**
     * Takes the lock unless this shell has it already. Who has removed the lab's state has removed the lock, too; it is
     * then taken anew.
     *
     * @throws LabException (host) if another shell has it; it names that process
     */
    public synchronized void take() {
        if (isOwn()) {
            return;
        }
        close();
        try {
            Files.createDirectories(file.getParent());
            lease = Lease.take(file, "the lab", Deadline.in(LOOKING));
        } catch (DeadlineException e) {
            throw LabException.host(
                    "the lab " + lab + " belongs to another shell (" + holder() + ")",
                    file.getParent().toString(),
                    "look and exec work from here; end the other shell to start and stop machines from this one");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether this shell has the lock, taking it for a moment if it is free. */
    public synchronized boolean isOwnOrFree() {
        if (isOwn() || !Files.exists(file)) {
            return true;
        }
        try (var free = Lease.tryTake(file).orElse(null)) {
            return free != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String holder() {
        return "pid " + Lease.holder(file);
    }

    @Override
    public synchronized void close() {
        if (lease != null) {
            lease.close();
            lease = null;
        }
    }

    private boolean isOwn() {
        return lease != null && lease.isInPlace();
    }
}

package org.nixlab.machine;

import java.time.Duration;
import java.util.function.Function;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.guest.GuestShell;

import static java.util.Objects.requireNonNull;

/**
 * The way into a running machine: one {@link GuestShell} per run of QEMU, made when first needed, and failures that say
 * what became of the machine rather than of a socket.
 */
final class Guest implements AutoCloseable {
    private static final Duration DYING = Duration.ofSeconds(2);

    private final String machine;
    private final VmDirectory directory;
    private final VmProcess process;
    private final HostDisk disk;
    private GuestShell shell; // guarded by this
    private String run = ""; // guarded by this

    Guest(String machine, VmDirectory directory, VmProcess process) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
        this.process = requireNonNull(process, "process");
        this.disk = new HostDisk(machine, directory);
    }

    /**
     * Does something with the guest.
     *
     * @throws LabException (host) if the machine does not run, or ends meanwhile; it says why and shows the console. Also
     *     if it is paused when the time is over, because the host's disk is full
     */
    <T> T talk(Function<GuestShell, T> action) {
        var current = shell();
        try {
            return action.apply(current);
        } catch (DeadlineException | CancelledException e) {
            if (process.hasDied()) {
                throw because(e);
            }
            if (e instanceof DeadlineException && disk.holdsUp()) {
                var full = disk.failure();
                full.addSuppressed(e);
                throw full;
            }
            throw e;
        } catch (LabException e) {
            if (!endsSoon()) {
                throw e;
            }
            throw because(e);
        }
    }

    @Override
    public synchronized void close() {
        if (shell != null) {
            shell.close();
            shell = null;
        }
    }

    private synchronized GuestShell shell() {
        process.requireRunning();
        var now = process.identity();
        if (shell == null || !now.equals(run)) {
            close();
            shell = new GuestShell(new QemuChannels(machine, directory, process));
            run = now;
        }
        return shell;
    }

    private LabException because(LabException failure) {
        var death = process.hasDied() ? process.death() : process.notRunning();
        death.addSuppressed(failure);
        return death;
    }

    /** A lost socket is often the first sign of a QEMU that is about to be gone. */
    private boolean endsSoon() {
        try {
            process.awaitEnd(Deadline.in(DYING));
            return !process.isRunning();
        } catch (DeadlineException e) {
            return false;
        }
    }
}

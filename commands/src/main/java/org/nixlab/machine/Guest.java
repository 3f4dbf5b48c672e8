package org.nixlab.machine;

import java.util.function.Function;

import org.nixlab.base.LabException;
import org.nixlab.guest.GuestShell;
import org.nixlab.guest.NotStartedException;

import static java.util.Objects.requireNonNull;

/** The way into a running machine, made anew for every {@link Boot} of it when first needed. */
final class Guest implements AutoCloseable {
    private final String machine;
    private final VmDirectory directory;
    private final VmProcess process;
    private Boot boot; // guarded by this

    Guest(String machine, VmDirectory directory, VmProcess process) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
        this.process = requireNonNull(process, "process");
    }

    /**
     * Does something with the guest; if that is reset before it has begun, with the guest that boots then.
     *
     * @throws LabException (host) if the machine does not run; else as {@link Boot#explaining}
     */
    <T> T talk(Function<GuestShell, T> action) {
        return open(current -> action.apply(current.shell()));
    }

    /** As {@link #talk}, for what stays and is used further with the same boot. */
    <T> T open(Function<Boot, T> action) {
        while (true) {
            var current = boot();
            try {
                return current.explaining(() -> action.apply(current));
            } catch (NotStartedException e) {
                if (!current.isOver()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public synchronized void close() {
        if (boot != null) {
            boot.close();
            boot = null;
        }
    }

    private synchronized Boot boot() {
        process.requireRunning();
        if (boot == null || boot.isOver()) {
            close();
            boot = new Boot(machine, directory, process);
        }
        return boot;
    }
}

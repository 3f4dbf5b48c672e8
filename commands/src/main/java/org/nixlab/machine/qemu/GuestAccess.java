package org.nixlab.machine.qemu;

import java.util.function.Consumer;
import java.util.function.Function;

import org.nixlab.base.LabException;
import org.nixlab.guest.GuestShell;
import org.nixlab.guest.channel.NotStartedException;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;

import static java.util.Objects.requireNonNull;

/** The way into a running machine, made anew for every {@link GuestBoot} of it when first needed. */
final class GuestAccess implements AutoCloseable {
    private final String machine;
    private final VmDirectory directory;
    private final VmProcess process;
    private GuestBoot boot; // guarded by this

    GuestAccess(String machine, VmDirectory directory, VmProcess process) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
        this.process = requireNonNull(process, "process");
    }

    /**
     * Does something with the guest; if that is reset before it has begun, with the guest that boots then.
     *
     * @throws LabException (host) if the machine does not run; else as {@link GuestBoot#explaining}
     */
    <T> T talk(Function<GuestShell, T> action) {
        return talk(action, note -> {});
    }

    /**
     * As {@link #talk(Function)}, for somebody who wants to know why it takes long.
     *
     * @param notes is told by another thread when the machine stands still, and when it goes on then
     */
    <T> T talk(Function<GuestShell, T> action, Consumer<String> notes) {
        return open(current -> action.apply(current.shell()), notes);
    }

    /** As {@link #talk}, for what stays and is used further with the same boot. */
    <T> T open(Function<GuestBoot, T> action) {
        return open(action, note -> {});
    }

    private <T> T open(Function<GuestBoot, T> action, Consumer<String> notes) {
        while (true) {
            var current = boot();
            try {
                return current.explaining(() -> action.apply(current), notes);
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

    private synchronized GuestBoot boot() {
        process.requireRunning();
        if (boot == null || boot.isOver()) {
            close();
            boot = GuestBoot.watch(machine, directory, process);
        }
        return boot;
    }
}

package org.nixlab.machine.host;

import java.util.List;
import java.util.Optional;

import org.nixlab.machine.host.Standstill.Cause;
import org.nixlab.qmp.QmpEvent;

import static java.util.Objects.requireNonNull;

/**
 * Looks whether a machine stands still, without asking QEMU, which might not answer: at the state of its process and at
 * what it reported. Looking again costs little. Safe for use by many threads.
 */
public final class StandstillLook {
    private final String machine;
    private final VmProcess process;
    private long seen = -1; // guarded by this
    private Optional<Cause> reported = Optional.empty(); // guarded by this

    public StandstillLook(String machine, VmProcess process) {
        this.machine = requireNonNull(machine, "machine");
        this.process = requireNonNull(process, "process");
    }

    /** Returns why the machine stands still; empty if it goes on or does not run. */
    public synchronized Optional<Standstill> look() {
        var frozen = process.frozen();
        if (frozen.isPresent()) {
            return frozen.map(pid -> Standstill.frozen(machine, pid));
        }
        var log = process.events();
        long length = log.length();
        if (length != seen) {
            reported = reported(log.events());
            seen = length;
        }
        return reported.filter(cause -> process.isRunning())
                .map(cause -> cause == Cause.DISK ? Standstill.disk(machine) : Standstill.paused(machine));
    }

    /** Of a QEMU that is about to end, nobody need be told that it stands still. */
    static Optional<Cause> reported(List<QmpEvent> events) {
        Optional<Cause> cause = Optional.empty();
        boolean full = false;
        for (var event : events) {
            if (event instanceof QmpEvent.BlockError error) {
                full |= error.noSpace();
            } else if (event instanceof QmpEvent.Stop) {
                cause = Optional.of(full ? Cause.DISK : Cause.PAUSED);
            } else if (event instanceof QmpEvent.Resume) {
                cause = Optional.empty();
                full = false;
            } else if (event instanceof QmpEvent.Shutdown || event instanceof QmpEvent.GuestPanicked) {
                return Optional.empty();
            }
        }
        return cause;
    }
}

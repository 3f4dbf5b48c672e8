package org.nixlab.machine.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.nixlab.base.Threads;

import static java.util.Objects.requireNonNull;

/**
 * Looks from a thread of its own whether a machine stands still while somebody waits for it, tells them, and lets it go
 * on when it can.
 */
public final class StandstillWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(300);

    private final StandstillLook look;
    private final HostDisk disk;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;

    public StandstillWatch(String machine, VmDirectory directory, VmProcess process) {
        this(machine, new StandstillLook(machine, process), new HostDisk(machine, directory));
    }

    public StandstillWatch(String machine, StandstillLook look, HostDisk disk) {
        this.look = requireNonNull(look, "look");
        this.disk = requireNonNull(disk, "disk");
        this.thread = Threads.unstarted(machine + "-standstill-watch", this::watch);
    }

    public void start() {
        thread.start();
    }

    /**
     * Tells somebody who waits for the machine until the watch is closed.
     *
     * @param notes is told, by the watch's thread, that the machine stands still, and that it goes on then
     */
    void tell(Consumer<String> notes) {
        listeners.add(new Listener(notes));
    }

    /**
     * Does something that waits for the machine.
     *
     * @param notes as of {@link #tell}
     */
    public <T> T during(Consumer<String> notes, Supplier<T> action) {
        var listener = new Listener(notes);
        listeners.add(listener);
        try {
            return action.get();
        } finally {
            listeners.remove(listener);
        }
    }

    /** Ends the watch, which may just be telling. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        Optional<Standstill> before = Optional.empty();
        try {
            while (true) {
                Thread.sleep(PERIOD.toMillis());
                var now = listeners.isEmpty() ? Optional.<Standstill>empty() : look.look();
                // Some of QEMU's own work pauses a guest for a moment.
                if (now.equals(before)) {
                    listeners.forEach(listener -> listener.tell(now));
                    if (now.filter(standstill -> standstill.cause() == Standstill.Cause.DISK)
                                    .isPresent()
                            && disk.hasRoom()) {
                        disk.goOn();
                    }
                }
                before = now;
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private static final class Listener {
        private final Consumer<String> notes;
        private Optional<Standstill> told = Optional.empty(); // used by the watch's thread only

        Listener(Consumer<String> notes) {
            this.notes = notes;
        }

        void tell(Optional<Standstill> now) {
            if (now.isPresent() && !now.equals(told)) {
                notes.accept(now.get().note());
            } else if (now.isEmpty() && told.isPresent()) {
                notes.accept(told.get().machine() + " goes on");
            }
            told = now;
        }
    }
}

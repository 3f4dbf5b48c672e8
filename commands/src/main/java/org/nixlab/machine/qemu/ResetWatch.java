package org.nixlab.machine.qemu;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.nixlab.base.Threads;
import org.nixlab.qmp.EventLog;

import static java.util.Objects.requireNonNull;

/** Looks from a thread of its own whether a guest was reset, and tells it once. */
final class ResetWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final EventLog log;
    private final BooleanSupplier over;
    private final Runnable tell;
    private final Thread thread;

    /**
     * @param log grows when there may be something to tell
     * @param over whether the guest was reset
     * @param tell called by the watch's thread, which ends then
     */
    ResetWatch(String machine, EventLog log, BooleanSupplier over, Runnable tell) {
        this.log = requireNonNull(log, "log");
        this.over = requireNonNull(over, "over");
        this.tell = requireNonNull(tell, "tell");
        this.thread = Threads.unstarted(machine + "-reset-watch", this::watch);
    }

    void start() {
        thread.start();
    }

    /** Ends the watch, which may just be telling. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            for (long seen = 0; ; ) {
                long length = log.length();
                if (length != seen && over.getAsBoolean()) {
                    tell.run();
                    return;
                }
                seen = length;
                Thread.sleep(PERIOD.toMillis());
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }
}

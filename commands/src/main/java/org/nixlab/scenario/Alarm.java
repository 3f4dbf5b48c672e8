package org.nixlab.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Threads;

/**
 * Interrupts the thread that made it, for a reason, as long as what that thread does is not over. Made and closed by that
 * thread, rung by any.
 */
final class Alarm implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private RuntimeException reason; // guarded by this
    private boolean over; // guarded by this
    private Optional<Thread> timer = Optional.empty();

    /** Rings after a time. At most once for each alarm. */
    void ringAfter(Duration time, RuntimeException why) {
        timer = Optional.of(Threads.start("limit", () -> {
            try {
                Thread.sleep(time.toMillis());
                ring(why);
            } catch (InterruptedException e) {
                // It was over in time.
            }
        }));
    }

    synchronized void ring(RuntimeException why) {
        if (!over && reason == null) {
            reason = why;
            thread.interrupt();
        }
    }

    /** Returns the reason if it rang and that is what a failure comes from, else the failure. */
    synchronized Throwable reasonOf(Throwable failure) {
        return reason != null && isInterrupt(failure) ? reason : failure;
    }

    /** Throws the reason if it has rung. */
    synchronized void check() {
        if (reason != null) {
            throw reason;
        }
    }

    static boolean isInterrupt(Throwable failure) {
        return failure instanceof CancelledException
                || failure instanceof InterruptedException
                || failure instanceof CancellationException
                || failure.getCause() != null && failure.getCause() != failure && isInterrupt(failure.getCause());
    }

    /** From now on nobody is interrupted by it, and an interrupt of its own that nobody has heard is gone. */
    @Override
    public void close() {
        timer.ifPresent(Thread::interrupt);
        synchronized (this) {
            over = true;
            if (reason != null) {
                Thread.interrupted();
            }
        }
    }
}

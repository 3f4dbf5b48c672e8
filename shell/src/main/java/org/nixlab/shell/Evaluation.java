package org.nixlab.shell;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.nixlab.base.CancelledException;

/**
 * Runs one piece of work at a time on a thread of its own, so that Ctrl-C can interrupt it. Only the caller waits, on a
 * future; the thread of the prompt is never interrupted.
 */
final class Evaluation {
    private volatile CompletableFuture<Object> running = new CompletableFuture<>();
    private volatile Thread thread;
    private volatile boolean asked;
    private volatile boolean ended;

    /**
     * Does the work and returns what it returned, or throws what it threw.
     *
     * @throws CancelledException if the caller is interrupted, or all work has ended
     */
    @SuppressWarnings("unchecked") // The future is completed by this work only.
    <T> T run(Supplier<T> work) {
        if (ended) {
            throw new CancelledException("the line");
        }
        var future = new CompletableFuture<Object>();
        asked = false;
        running = future;
        thread = new Thread(
                () -> {
                    try {
                        future.complete(work.get());
                    } catch (Throwable e) {
                        future.completeExceptionally(e);
                    }
                },
                "nixlab-evaluation");
        thread.setDaemon(true);
        thread.start();
        try {
            return (T) future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new CancelledException("the line");
        } finally {
            thread = null;
        }
    }

    /**
     * Interrupts what runs. Asked a second time while it still runs, gives up waiting for it.
     *
     * @return whether anything ran
     */
    boolean interrupt() {
        var target = thread;
        if (target == null) {
            return false;
        }
        if (asked) {
            running.completeExceptionally(new CancelledException("the line"));
        }
        asked = true;
        target.interrupt();
        return true;
    }

    /** Interrupts what runs, gives it time to tidy, and lets nothing run after it. */
    void end(Duration limit) {
        ended = true;
        if (interrupt()) {
            try {
                running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // How it ended is for the one who runs it; this only waits.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

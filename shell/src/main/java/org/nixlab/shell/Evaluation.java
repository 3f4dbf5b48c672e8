package org.nixlab.shell;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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

    /** Does the work and returns what it returned, or throws what it threw. */
    @SuppressWarnings("unchecked") // The future is completed by this work only.
    <T> T run(Supplier<T> work) {
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
}

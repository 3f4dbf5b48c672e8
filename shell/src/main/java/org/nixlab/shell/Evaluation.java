package org.nixlab.shell;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Threads;

/**
 * Runs one piece of work at a time on a thread of its own, so that Ctrl-C can interrupt it. Only the caller waits, on a
 * future; the thread of the prompt is never interrupted.
 */
final class Evaluation {
    private CompletableFuture<Object> running = new CompletableFuture<>(); // guarded by this
    private Thread thread; // guarded by this
    private boolean asked; // guarded by this
    private boolean ended; // guarded by this

    /**
     * Does the work and returns what it returned, or throws what it threw.
     *
     * @throws CancelledException if the caller is interrupted, or all work has ended
     */
    @SuppressWarnings("unchecked") // The future is completed by this work only.
    <T> T run(Supplier<T> work) {
        var future = begin(work);
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
            interrupt();
            Thread.currentThread().interrupt();
            throw new CancelledException("the line");
        } finally {
            giveUp(future);
        }
    }

    private synchronized CompletableFuture<Object> begin(Supplier<?> work) {
        if (ended) {
            throw new CancelledException("the line");
        }
        var future = new CompletableFuture<Object>();
        asked = false;
        running = future;
        thread = Threads.start("evaluation", () -> {
            try {
                finish(future, work.get());
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    /** An interrupt that came too late for the work ends the line all the same; a later one finds nothing that runs. */
    private synchronized void finish(CompletableFuture<Object> future, Object result) {
        giveUp(future);
        if (Thread.interrupted()) {
            throw new CancelledException("the line");
        }
        future.complete(result);
    }

    private synchronized void giveUp(CompletableFuture<Object> future) {
        if (running == future) {
            thread = null;
        }
    }

    /**
     * Interrupts what runs. Asked a second time while it still runs, gives up waiting for it.
     *
     * @return whether anything ran
     */
    synchronized boolean interrupt() {
        if (thread == null) {
            return false;
        }
        if (asked) {
            running.completeExceptionally(new CancelledException("the line"));
        }
        asked = true;
        thread.interrupt();
        return true;
    }

    /** Interrupts what runs, gives it time to tidy, and lets nothing run after it. */
    void end(Duration limit) {
        CompletableFuture<Object> left;
        synchronized (this) {
            ended = true;
            if (!interrupt()) {
                return;
            }
            left = running;
        }
        try {
            left.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // How it ended is for the one who runs it; this only waits.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.nixlab.guest.copy;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.guest.channel.StdinStream;

/**
 * What is written to a command by a thread of its own, so that the caller's deadline and interrupt hold while the guest
 * takes nothing. If it fails the command is cancelled.
 */
record Sending<T>(CompletableFuture<T> done, Thread thread) {
    static <T> Sending<T> start(String machine, RunningCommand command, Callable<T> work) {
        var done = new CompletableFuture<T>();
        return new Sending<>(done, Threads.start(machine + "-copy", () -> {
            try {
                done.complete(work.call());
            } catch (Throwable e) {
                done.completeExceptionally(e);
                command.cancel();
            }
        }));
    }

    /**
     * Waits for the end and returns what came of it, or nothing if the command took no more: that has its own words for
     * it.
     *
     * @param failure what a failure of the host's side is called
     */
    Optional<T> result(String failure, Deadline deadline) {
        try {
            return Optional.of(done.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("the copy");
        } catch (TimeoutException e) {
            throw new DeadlineException("timed out waiting for what is copied", "", "");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LabException cause) {
                throw cause;
            }
            if (e.getCause() instanceof StdinStream.EndedException) {
                return Optional.empty();
            }
            if (e.getCause() instanceof IOException cause) {
                throw LabException.host(failure + ": " + cause.getMessage(), "", "", cause);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Lets the thread end if it still runs: nobody waits for it any more. */
    void stop() {
        thread.interrupt();
    }
}

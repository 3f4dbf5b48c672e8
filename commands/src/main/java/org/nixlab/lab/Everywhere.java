package org.nixlab.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.nixlab.base.CancelledException;
import org.nixlab.base.LabException;
import org.nixlab.base.OutputClosedException;
import org.nixlab.base.Threads;
import org.nixlab.model.Machine;

/** Does one thing on many machines at once. */
public final class Everywhere {
    private static final int GOODBYE_MILLIS = 2000;

    private final Map<Machine, CompletableFuture<Object>> futures = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>(); // guarded by itself
    private boolean interrupted; // guarded by threads

    private Everywhere() {}

    /**
     * Runs the task for every machine, each in a thread of its own, and returns what they came to in the same order.
     *
     * <p>Where nobody reads any more what one of them prints, the others are interrupted, also those that begin later.
     *
     * @throws CancelledException if the calling thread is interrupted; the tasks' threads are interrupted, too
     */
    public static <T> Map<Machine, Attempt<T>> run(List<Machine> machines, Function<Machine, T> task) {
        var run = new Everywhere();
        machines.forEach(machine -> run.start(machine, task));
        var attempts = new LinkedHashMap<Machine, Attempt<T>>();
        machines.forEach(machine -> attempts.put(machine, run.await(machine)));
        return attempts;
    }

    /** Returns all values, or throws the first failure with the others suppressed. */
    public static <T> List<T> values(Map<Machine, Attempt<T>> attempts) {
        var values = new ArrayList<T>();
        RuntimeException failure = null;
        for (var attempt : attempts.values()) {
            if (attempt.failure instanceof OutputClosedException closed) {
                throw closed;
            }
            if (attempt.failure == null) {
                values.add(attempt.value);
            } else if (failure == null) {
                failure = attempt.failure;
            } else {
                failure.addSuppressed(attempt.failure);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return values;
    }

    private <T> void start(Machine machine, Function<Machine, T> task) {
        var future = new CompletableFuture<Object>();
        futures.put(machine, future);
        var thread = Threads.unstarted(machine.name() + "-task", () -> {
            try {
                future.complete(task.apply(machine));
            } catch (OutputClosedException e) {
                future.completeExceptionally(e);
                interruptAll();
            } catch (RuntimeException | Error e) {
                future.completeExceptionally(e);
            }
        });
        synchronized (threads) {
            threads.add(thread);
            thread.start();
            if (interrupted) {
                thread.interrupt();
            }
        }
    }

    @SuppressWarnings("unchecked") // The future was completed by a task of this type.
    private <T> Attempt<T> await(Machine machine) {
        try {
            return new Attempt<>((T) futures.get(machine).get(), null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                return new Attempt<>(null, failure);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            interruptAll();
            sayGoodbye();
            Thread.currentThread().interrupt();
            throw new CancelledException("the command");
        }
    }

    private void interruptAll() {
        synchronized (threads) {
            interrupted = true;
            threads.forEach(Thread::interrupt);
        }
    }

    /** Gives interrupted tasks the time to end what they started, but not for ever. */
    private void sayGoodbye() {
        try {
            CompletableFuture.allOf(futures.values().toArray(CompletableFuture[]::new))
                    .get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            // The user wants the prompt back; the threads are daemons.
        }
    }

    /**
     * What a task came to: a value, or the failure that is not null.
     *
     * @param value what the task returned
     * @param failure why it did not, usually a {@link LabException}
     */
    public record Attempt<T>(T value, RuntimeException failure) {}
}

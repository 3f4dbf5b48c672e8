package org.nixlab.lab.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.base.OutputClosedException;
import org.nixlab.base.Threads;
import org.nixlab.model.Machine;

/**
 * Does one thing on several machines at the same time, each in a thread of its own, and tries all of them.
 *
 * <p>An interrupt of the calling thread reaches all of these threads. What is done to a lab is waited for even then
 * ({@link #apply}): it holds locks and processes, and whoever comes next must find it done or undone. What is asked of
 * guests is given a moment ({@link #attempt}): it holds nothing but its own connection, and the user wants the prompt.
 */
public final class EachMachine {
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final List<Thread> threads = new ArrayList<>(); // guarded by itself
    private boolean interrupted; // guarded by threads

    private EachMachine() {}

    /**
     * Returns what the task came to on every machine, in the machines' order.
     *
     * <p>Where nobody reads any more what one of them prints, the others are interrupted, also those that begin later.
     *
     * @throws CancelledException if the calling thread is interrupted. The tasks have been interrupted and given two
     *     seconds to end, or until the caller is interrupted again; one that needs longer goes on alone
     */
    public static <T> Map<Machine, Attempt<T>> attempt(List<Machine> machines, Function<Machine, T> task) {
        var each = new EachMachine();
        var tasks = each.start("task", machines, machine -> {
            try {
                return task.apply(machine);
            } catch (OutputClosedException e) {
                each.interrupt();
                throw e;
            }
        });
        try {
            each.await();
        } catch (InterruptedException e) {
            each.sayGoodbye();
            Thread.currentThread().interrupt();
            throw new CancelledException("the command");
        }
        return attempts(tasks);
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

    /**
     * Returns the results in the machines' order.
     *
     * @param verb past participle for the failure, for example {@code started}
     * @throws LabException if it failed on any machine: the one failure as it is, or one that names all
     * @throws CancelledException if the calling thread is interrupted. The actions have been interrupted and have ended,
     *     however long that took and however often the caller was interrupted meanwhile
     */
    public static <T> List<T> apply(String verb, List<Machine> machines, Function<Machine, T> action) {
        var each = new EachMachine();
        var tasks = each.start(verb, machines, action);
        try {
            each.await();
        } catch (InterruptedException e) {
            each.awaitAnyway();
            Thread.currentThread().interrupt();
            throw new CancelledException("waiting for machines to be " + verb);
        }
        return results(verb, attempts(tasks));
    }

    private <T> Map<Machine, FutureTask<T>> start(String work, List<Machine> machines, Function<Machine, T> task) {
        var tasks = new LinkedHashMap<Machine, FutureTask<T>>();
        for (var machine : machines) {
            var future = new FutureTask<>(() -> task.apply(machine));
            tasks.put(machine, future);
            synchronized (threads) {
                var thread = Threads.start(machine.name() + "-" + work, future);
                threads.add(thread);
                if (interrupted) {
                    thread.interrupt();
                }
            }
        }
        return tasks;
    }

    /** @throws InterruptedException if this thread is interrupted; the others have been interrupted then, too */
    private void await() throws InterruptedException {
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            interrupt();
            throw e;
        }
    }

    private void interrupt() {
        synchronized (threads) {
            interrupted = true;
            threads.forEach(Thread::interrupt);
        }
    }

    private void sayGoodbye() {
        var deadline = Deadline.in(GOODBYE);
        try {
            for (var thread : threads) {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadline.remaining().toNanos());
            }
        } catch (InterruptedException e) {
            // The user wants the prompt back; the threads are daemons.
        }
    }

    private void awaitAnyway() {
        for (var thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    // It ends by itself: its own wait was interrupted.
                }
            }
        }
    }

    private static <T> Map<Machine, Attempt<T>> attempts(Map<Machine, FutureTask<T>> tasks) {
        var attempts = new LinkedHashMap<Machine, Attempt<T>>();
        tasks.forEach((machine, task) -> attempts.put(machine, attempt(task)));
        return attempts;
    }

    private static <T> Attempt<T> attempt(FutureTask<T> ended) {
        try {
            return new Attempt<>(Threads.result(ended), null);
        } catch (RuntimeException e) {
            return new Attempt<>(null, e);
        }
    }

    private static <T> List<T> results(String verb, Map<Machine, Attempt<T>> attempts) {
        var failures = new ArrayList<LabException>();
        for (var attempt : attempts.values()) {
            if (attempt.failure instanceof LabException failure) {
                failures.add(failure);
            } else if (attempt.failure != null) {
                throw attempt.failure;
            }
        }
        if (failures.size() < 2) {
            return values(attempts);
        }
        var first = failures.get(0);
        var all = new LabException(
                first.exitCode(),
                failures.size() + " of " + attempts.size() + " machines could not be " + verb + ":\n  "
                        + failures.stream().map(Throwable::getMessage).collect(Collectors.joining("\n  ")),
                first.place(),
                first.hint());
        failures.forEach(all::addSuppressed);
        throw all;
    }

    /**
     * What a task came to: a value, or the failure that is not null.
     *
     * @param value what the task returned
     * @param failure why it did not, usually a {@link LabException}
     */
    public record Attempt<T>(T value, RuntimeException failure) {}
}

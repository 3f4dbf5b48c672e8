package org.nixlab.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.nixlab.base.CancelledException;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.model.Machine;

/** Does one thing on several machines in parallel, tries all, and fails in the end with all that failed. */
final class EachMachine {
    private EachMachine() {}

    /**
     * Returns the results in the machines' order.
     *
     * @param verb past participle for the failure, for example {@code started}
     * @throws LabException if it failed on any machine: the one failure as it is, or one that names all
     * @throws CancelledException if the calling thread is interrupted; the workers are interrupted, too, and waited for
     */
    static <T> List<T> apply(String verb, List<Machine> machines, Function<Machine, T> action) {
        Map<Machine, FutureTask<T>> tasks = new LinkedHashMap<>();
        var threads = new ArrayList<Thread>();
        for (var machine : machines) {
            var task = new FutureTask<>(() -> action.apply(machine));
            tasks.put(machine, task);
            threads.add(Threads.unstarted(machine.name() + "-" + verb, task));
        }
        threads.forEach(Thread::start);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            threads.forEach(EachMachine::joinAnyway);
            Thread.currentThread().interrupt();
            throw new CancelledException("waiting for machines to be " + verb);
        }
        return results(verb, tasks);
    }

    private static <T> List<T> results(String verb, Map<Machine, FutureTask<T>> tasks) {
        var results = new ArrayList<T>();
        Map<String, LabException> failures = new LinkedHashMap<>();
        tasks.forEach((machine, task) -> {
            try {
                results.add(task.get());
            } catch (ExecutionException e) {
                failures.put(machine.name(), asFailure(e.getCause()));
            } catch (InterruptedException e) {
                throw new IllegalStateException("a joined thread's task is done", e);
            }
        });
        if (failures.isEmpty()) {
            return results;
        }
        var first = failures.values().iterator().next();
        if (failures.size() == 1) {
            throw first;
        }
        var all = new LabException(
                first.exitCode(),
                failures.size() + " of " + tasks.size() + " machines could not be " + verb + ":\n  "
                        + failures.values().stream().map(Throwable::getMessage).collect(Collectors.joining("\n  ")),
                first.place(),
                first.hint());
        failures.values().forEach(all::addSuppressed);
        throw all;
    }

    private static LabException asFailure(Throwable cause) {
        if (cause instanceof LabException failure) {
            return failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) cause;
    }

    /** Waits for a worker that was told to stop, however often this thread is told to stop itself. */
    private static void joinAnyway(Thread thread) {
        boolean done = false;
        while (!done) {
            try {
                thread.join();
                done = true;
            } catch (InterruptedException e) {
                // The workers end by themselves: their own wait was interrupted.
            }
        }
    }
}

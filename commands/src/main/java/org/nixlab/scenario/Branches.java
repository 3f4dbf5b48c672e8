package org.nixlab.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.Threads;

/** What a scenario does at the same time, each branch in a thread of its own. For the one thread that starts and awaits them. */
final class Branches {
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final List<FutureTask<Object>> tasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    void start(Callable<Object> branch) {
        var task = new FutureTask<>(branch);
        tasks.add(task);
        threads.add(Threads.start("branch-" + tasks.size(), task));
    }

    /**
     * Waits for all of them and returns their values in the order in which they were started.
     *
     * @throws CancelledException if this thread is interrupted; they have been interrupted, too, and given a second
     * @throws RuntimeException the first failure, with the others suppressed, when all have ended
     */
    List<Object> await() {
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            throw new CancelledException("what goes on at the same time");
        }
        return values();
    }

    /** Interrupts them and gives them a moment. */
    void end() {
        threads.forEach(Thread::interrupt);
        var deadline = Deadline.in(GOODBYE);
        try {
            for (var thread : threads) {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadline.remaining().toNanos());
            }
        } catch (InterruptedException e) {
            // They are daemons.
            Thread.currentThread().interrupt();
        }
    }

    private List<Object> values() {
        var values = new ArrayList<>();
        Optional<Throwable> failure = Optional.empty();
        for (var task : tasks) {
            try {
                values.add(Threads.result(task));
            } catch (RuntimeException | Error e) {
                failure.ifPresent(first -> first.addSuppressed(e));
                failure = failure.or(() -> Optional.of(e));
            }
        }
        if (failure.isPresent() && failure.get() instanceof Error error) {
            throw error;
        }
        failure.map(RuntimeException.class::cast).ifPresent(first -> {
            throw first;
        });
        return values;
    }
}

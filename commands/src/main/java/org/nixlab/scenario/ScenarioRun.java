package org.nixlab.scenario;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.nixlab.base.CancelledException;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.TimeText;
import org.nixlab.lab.method.CallListener;

import static java.util.Objects.requireNonNull;

/**
 * One run of a scenario. The thread that makes it is the scenario's own, and the one that ends it; its other methods are for
 * that and for all threads that the scenario starts by them.
 *
 * <p>A step that fails is told and the scenario goes on with what follows it, unless the step is required; so is a check.
 * What fails outside of steps ends the scenario. In the end all failures count ({@link #end}).
 */
public final class ScenarioRun implements CallListener {
    private final ScenarioListener listener;
    private final Function<Throwable, RuntimeException> explain;
    private final boolean stopsAtFailure;
    private final long begin = System.nanoTime();
    private final Alarm alarm = new Alarm();
    private final Thread main = Thread.currentThread();
    private final ThreadLocal<Step> current = new ThreadLocal<>();
    private final ThreadLocal<Branches> parallel = new ThreadLocal<>();
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final Tally tally = new Tally();
    private final Watches watches;
    private final Deque<Runnable> cleanups = new ArrayDeque<>(); // guarded by itself

    /**
     * @param explain makes of what escaped the scenario's code the failure to tell, with its place in the scenario
     * @param stopsAtFailure whether the first failure of any step or check ends the scenario
     */
    public ScenarioRun(
            ScenarioListener listener, Function<Throwable, RuntimeException> explain, boolean stopsAtFailure) {
        this.listener = requireNonNull(listener, "listener");
        this.explain = requireNonNull(explain, "explain");
        this.stopsAtFailure = stopsAtFailure;
        this.watches = new Watches(this::broke);
    }

    /** Interrupts the scenario when it has not ended after a time. At most once. */
    public void limit(Duration time) {
        alarm.ringAfter(
                time,
                new DeadlineException(
                        "the scenario did not end within " + TimeText.format(time),
                        "",
                        "--timeout gives it more time"));
    }

    /**
     * Does a part of the scenario; in the block of {@link #parallel(Runnable)} starts it.
     *
     * @param name what it is called
     * @param required whether its failure is thrown on, which ends the scenario unless that catches it
     * @param limit how long it may take at most
     */
    public void step(String name, boolean required, Optional<Duration> limit, Callable<?> body) {
        var step = new Step(steps.incrementAndGet(), Optional.ofNullable(current.get()), name);
        var branches = parallel.get();
        if (branches == null) {
            step(step, required, limit, body);
        } else {
            branches.start(() -> {
                step(step, required, limit, body);
                return null;
            });
        }
    }

    private void step(Step step, boolean required, Optional<Duration> limit, Callable<?> body) {
        long from = System.nanoTime();
        var branches = parallel.get();
        parallel.remove();
        current.set(step);
        tell(new ScenarioEvent.StepBegan(at(), step));
        Optional<RuntimeException> failure = Optional.empty();
        try (var limited = new Alarm()) {
            limit.ifPresent(time -> limited.ringAfter(time, tooLong(step, time)));
            try {
                body.call();
                limited.check();
            } catch (Exception | AssertionError | StackOverflowError e) {
                failure = Optional.of(explain.apply(limited.reasonOf(e)));
            }
        } finally {
            restore(step, branches);
        }
        // What interrupts the whole scenario is told at its end.
        var news = failure.filter(what -> !Alarm.isInterrupt(what) && !tally.knows(what));
        boolean ends =
                required || stopsAtFailure || failure.filter(Alarm::isInterrupt).isPresent();
        failure.ifPresent(what -> {
            if (ends) {
                tally.thrownOn(step, what);
            } else {
                tally.failed(Optional.of(step), what);
            }
        });
        tell(new ScenarioEvent.StepEnded(at(), step, since(from), tally.ended(step), news));
        failure.filter(what -> ends).ifPresent(what -> {
            throw what;
        });
    }

    private void restore(Step step, Branches branches) {
        if (step.parent().isPresent()) {
            current.set(step.parent().get());
        } else {
            current.remove();
        }
        if (branches != null) {
            parallel.set(branches);
        }
    }

    private static DeadlineException tooLong(Step step, Duration time) {
        return new DeadlineException(
                "step '" + step.name() + "' did not end within " + TimeText.format(time),
                "",
                "timeout: gives it more time");
    }

    /** Does a check. If it fails, the step it stands in has failed, which goes on. */
    public void check(Callable<?> body) {
        try {
            body.call();
        } catch (Exception | AssertionError e) {
            var failure = explain.apply(e);
            if (stopsAtFailure || Alarm.isInterrupt(failure)) {
                throw failure;
            }
            var step = Optional.ofNullable(current.get());
            tally.failed(step, failure);
            tell(new ScenarioEvent.CheckFailed(at(), step, failure));
        }
    }

    /** Starts the steps that stand in a block at the same time, and waits for all of them. */
    public void parallel(Runnable block) {
        var outer = parallel.get();
        var branches = new Branches();
        parallel.set(branches);
        try {
            block.run();
        } catch (RuntimeException | Error e) {
            branches.end();
            throw e;
        } finally {
            if (outer == null) {
                parallel.remove();
            } else {
                parallel.set(outer);
            }
        }
        branches.await();
    }

    /**
     * Does several things at the same time, and returns their values in order.
     *
     * @throws RuntimeException the first failure when all have ended, with the others suppressed
     */
    public List<Object> parallel(List<Callable<Object>> bodies) {
        var step = Optional.ofNullable(current.get());
        var branches = new Branches();
        bodies.forEach(body -> branches.start(() -> {
            step.ifPresent(current::set);
            return body.call();
        }));
        return branches.await();
    }

    /**
     * Watches from now on, in the background, that something holds. When it does not, the scenario is interrupted and fails
     * with that. Returns what ends the watch; the end of the scenario does so, too, and looks once more.
     *
     * @param every the pause between two looks
     * @param look throws if it does not hold
     */
    public Watch always(String name, Duration every, Callable<?> look) {
        return watches.begin(name, every, look);
    }

    /** Is told by a watch what it saw. */
    private void broke(String name, Throwable seen) {
        var after = tally.lastCall()
                .map(call -> ", after " + call.machine() + "." + call.method()
                        + (call.subject().isEmpty() ? "" : " '" + call.subject() + "'"))
                .orElse("");
        var cause = explain.apply(seen);
        var failure = new WatchException(
                "'" + name + "' no longer holds, " + TimeText.format(at()) + " into the scenario" + after + ": "
                        + cause.getMessage(),
                cause);
        tell(new ScenarioEvent.WatchBroke(at(), name, failure));
        alarm.ring(failure);
    }

    /** Has something done at the end of the scenario, however it ends: what is said last comes first. */
    public void cleanup(Runnable work) {
        synchronized (cleanups) {
            cleanups.push(work);
        }
    }

    /** Lets the scenario say something. */
    public void say(String text) {
        tell(new ScenarioEvent.Said(at(), Optional.ofNullable(current.get()), text));
    }

    @Override
    public Ended began(Call call) {
        long from = System.nanoTime();
        int number = calls.incrementAndGet();
        var step = Optional.ofNullable(current.get());
        // What a watch does is nothing that the scenario did.
        if (!watches.isOwn(Thread.currentThread())) {
            tally.called(call);
        }
        tell(new ScenarioEvent.CallBegan(at(), step, number, call));
        return failure -> tell(new ScenarioEvent.CallEnded(at(), step, number, call, since(from), failure));
    }

    /**
     * Runs the scenario's code and returns what it came to; what it left to be done is for {@link #cleanUp}. Called once, by
     * the thread that made the run.
     */
    public ScenarioResult run(Callable<?> scenario) {
        requireMain();
        Optional<RuntimeException> failure = Optional.empty();
        try (alarm) {
            scenario.call();
            watches.end(true);
            alarm.check();
        } catch (Exception | AssertionError | StackOverflowError e) {
            failure = Optional.of(explain.apply(alarm.reasonOf(e)));
        } finally {
            watches.end(false);
        }
        // A required step has told its failure already.
        var end = failure;
        var news = failure.filter(what -> Alarm.isInterrupt(what) || !tally.knows(what));
        return new ScenarioResult(tally.passed(), tally.failedSteps(), news.or(() -> tally.summary(end)), since(begin));
    }

    /** Does what was left to be done at the end, also when the thread is interrupted: that must not end it. */
    public List<RuntimeException> cleanUp() {
        requireMain();
        boolean interrupted = Thread.interrupted();
        var failures = new ArrayList<RuntimeException>();
        for (var work = next(); work.isPresent(); work = next()) {
            try {
                work.get().run();
            } catch (RuntimeException | AssertionError e) {
                var failure = explain.apply(e);
                failures.add(failure);
                tell(new ScenarioEvent.CleanupFailed(at(), failure));
                if (failure instanceof CancelledException) {
                    interrupted = true;
                    Thread.interrupted();
                }
            }
        }
        if (interrupted) {
            main.interrupt();
        }
        return failures;
    }

    private Optional<Runnable> next() {
        synchronized (cleanups) {
            return Optional.ofNullable(cleanups.poll());
        }
    }

    private void requireMain() {
        if (Thread.currentThread() != main) {
            throw new IllegalStateException("a run is ended by the thread that made it");
        }
    }

    private void tell(ScenarioEvent event) {
        listener.happened(event);
    }

    private Duration at() {
        return since(begin);
    }

    private static Duration since(long from) {
        return Duration.ofNanos(System.nanoTime() - from);
    }
}

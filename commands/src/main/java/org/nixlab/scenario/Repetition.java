package org.nixlab.scenario;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static java.util.Objects.requireNonNull;

/**
 * Code of a scenario that is tried again and again. For one wait of one thread.
 *
 * @param explain as of {@link ScenarioRun}: what it gives says whether trying again makes sense
 * @param isTrue whether a value is what is waited for
 */
public record Repetition(Function<Throwable, RuntimeException> explain, Predicate<Object> isTrue) {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration FIRST = Duration.ofMillis(50);

    public Repetition {
        requireNonNull(explain, "explain");
        requireNonNull(isTrue, "isTrue");
    }

    /**
     * Waits until the code gives a value that is true, and returns it.
     *
     * @param what completes "timed out waiting for"
     * @throws org.nixlab.base.DeadlineException if that is not so in time; it says what came of the last time
     * @throws RuntimeException what the code fails with, if that is no check, command or wait that may succeed later
     */
    public Object until(String what, Callable<?> code, Duration within) {
        var value = new Object[1];
        var tries = new int[1];
        var condition = new Condition(
                what,
                () -> {
                    tries[0]++;
                    try {
                        value[0] = code.call();
                    } catch (Exception | AssertionError e) {
                        var failure = explain.apply(e);
                        if (!mayPass(failure)) {
                            throw failure;
                        }
                        return Observation.unmet(failure.getMessage());
                    }
                    return new Observation(isTrue.test(value[0]), "it was " + value[0] + ", try " + tries[0]);
                },
                "");
        new Await(FIRST, LONGEST, seen -> {}).until(condition, Deadline.in(within));
        return value[0];
    }

    /**
     * Tries the code until it does not fail, and returns its value.
     *
     * @param times how often at most
     * @throws RuntimeException the last failure; at once one that is no check, command or wait that may succeed later
     */
    public Object retry(int times, Duration pause, Callable<?> code) {
        for (int left = times - 1; ; left--) {
            try {
                return code.call();
            } catch (Exception | AssertionError e) {
                var failure = explain.apply(e);
                if (left <= 0 || !mayPass(failure)) {
                    throw failure;
                }
                Await.pause(pause, "trying again");
            }
        }
    }

    private static boolean mayPass(RuntimeException failure) {
        return failure instanceof LabException known
                && (known.exitCode() == ExitCode.CHECK_FAILED || known.exitCode() == ExitCode.TIMEOUT);
    }
}

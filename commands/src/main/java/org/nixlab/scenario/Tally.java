package org.nixlab.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.method.CallListener.Call;

/** What has come of a run so far. Safe for use by many threads. */
final class Tally {
    private final List<RuntimeException> failures = new ArrayList<>(); // guarded by this
    private final List<RuntimeException> thrownOn = new ArrayList<>(); // guarded by this
    private final Set<Step> failing = new HashSet<>(); // guarded by this
    private final List<String> failedSteps = new ArrayList<>(); // guarded by this
    private int passed; // guarded by this
    private Optional<Call> lastCall = Optional.empty(); // guarded by this

    synchronized void called(Call call) {
        lastCall = Optional.of(call);
    }

    synchronized Optional<Call> lastCall() {
        return lastCall;
    }

    /** A failure that does not end the run belongs to a step and all around it. */
    synchronized void failed(Optional<Step> step, RuntimeException failure) {
        failures.add(failure);
        for (var each = step; each.isPresent(); each = each.get().parent()) {
            failing.add(each.get());
        }
    }

    /** A failure that leaves its step belongs to that alone: whoever catches it goes on. */
    synchronized void thrownOn(Step step, RuntimeException failure) {
        thrownOn.add(failure);
        failing.add(step);
    }

    /** Returns whether a step that has ended passed. */
    synchronized boolean ended(Step step) {
        boolean failed = failing.remove(step);
        if (failed) {
            failedSteps.add(step.name());
        } else {
            passed++;
        }
        return !failed;
    }

    /** Returns whether a failure, or what it was made from, has been counted before. */
    synchronized boolean knows(RuntimeException failure) {
        return Stream.concat(failures.stream(), thrownOn.stream())
                .anyMatch(known -> known == failure || known == failure.getCause());
    }

    synchronized int passed() {
        return passed;
    }

    synchronized int failedSteps() {
        return failedSteps.size();
    }

    /**
     * Returns the failure that stands for all that were told already, if there are any.
     *
     * @param end one of them that ended the run
     */
    synchronized Optional<RuntimeException> summary(Optional<RuntimeException> end) {
        end.filter(failure -> failures.isEmpty()).ifPresent(failures::add);
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        var what = failedSteps.isEmpty()
                ? failures.size() == 1 ? "a check failed" : failures.size() + " checks failed"
                : failedSteps.size() == 1
                        ? "step '" + failedSteps.get(0) + "' failed"
                        : failedSteps.size() + " steps failed: '" + String.join("', '", failedSteps) + "'";
        return Optional.of(new LabException(code(), what, "", ""));
    }

    private ExitCode code() {
        return failures.get(0) instanceof LabException known ? known.exitCode() : ExitCode.CHECK_FAILED;
    }
}

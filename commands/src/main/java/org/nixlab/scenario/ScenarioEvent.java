package org.nixlab.scenario;

import java.time.Duration;
import java.util.Optional;

import org.nixlab.lab.method.CallListener.Call;

/** Something that happened in a run of a scenario. {@code at} is the time since the run began, {@code step} the one it happened in. */
public sealed interface ScenarioEvent {
    Duration at();

    record StepBegan(Duration at, Step step) implements ScenarioEvent {}

    /**
     * @param took how long it took
     * @param passed whether it, and all that is a part of it, did what it should
     * @param failure what ended it, as it is to be told; empty if all that failed was told before
     */
    record StepEnded(Duration at, Step step, Duration took, boolean passed, Optional<RuntimeException> failure)
            implements ScenarioEvent {}

    /** @param number the call's; its end has the same */
    record CallBegan(Duration at, Optional<Step> step, int number, Call call) implements ScenarioEvent {}

    record CallEnded(
            Duration at, Optional<Step> step, int number, Call call, Duration took, Optional<RuntimeException> failure)
            implements ScenarioEvent {}

    /** A check that lets the scenario go on did not hold. */
    record CheckFailed(Duration at, Optional<Step> step, RuntimeException failure) implements ScenarioEvent {}

    /** What was to hold all the time does not; the run ends. */
    record WatchBroke(Duration at, String name, RuntimeException failure) implements ScenarioEvent {}

    /** What was to be done in the end failed. */
    record CleanupFailed(Duration at, RuntimeException failure) implements ScenarioEvent {}

    /** The scenario has something to say. */
    record Said(Duration at, Optional<Step> step, String text) implements ScenarioEvent {}
}

package org.nixlab.machine;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.talk.Result;

import static java.util.Objects.requireNonNull;

/** A command that is run in a guest again and again until it ends as it should. For one wait of one thread. */
public final class RepeatedCommand {
    private final String machine;
    private final Supplier<Result> attempt;
    private Result last;

    /** @param attempt runs it once */
    public RepeatedCommand(String machine, Supplier<Result> attempt) {
        this.machine = requireNonNull(machine, "machine");
        this.attempt = requireNonNull(attempt, "attempt");
    }

    /** Waits until the command succeeds and returns that result. */
    public Result untilSuccess(String command, Deadline deadline) {
        var what = "`" + command + "` to succeed";
        return until(what, Result::succeeded, RepeatedCommand::end, "exec " + machine + " runs it by hand", deadline);
    }

    /** Waits for {@code what} and returns the result that was wanted. */
    Result until(String what, Predicate<Result> wanted, Deadline deadline) {
        return until(what, wanted, result -> "it exited with " + result.exitCode(), "", deadline);
    }

    private Result until(
            String what, Predicate<Result> wanted, Function<Result, String> seen, String hint, Deadline deadline) {
        var condition = new Condition(
                what + " on " + machine,
                () -> {
                    last = attempt.get();
                    return new Observation(wanted.test(last), seen.apply(last));
                },
                hint);
        Await.guest().until(condition, deadline);
        return last;
    }

    private static String end(Result result) {
        var words = (result.getErr().isBlank() ? result.getOut() : result.getErr()).strip();
        var line = words.lines().reduce((first, second) -> second).orElse("");
        return "exit code " + result.exitCode() + (line.isEmpty() ? "" : ", " + line);
    }
}

package org.nixlab.machine.condition;

import java.util.function.Predicate;
import java.util.function.Supplier;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.machine.Vm;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;

import static java.util.Objects.requireNonNull;

/** A command that is run in a guest again and again until it ends as it should. For one wait of one thread. */
public final class RepeatedCommand {
    private static final int MOST_LINES = 10;

    private final Vm vm;
    private final Supplier<ExecRequest> request;
    private Result last;
    private int attempts;

    /** @param request gives the command for each attempt, since an input can be read only once */
    public RepeatedCommand(Vm vm, Supplier<ExecRequest> request) {
        this.vm = requireNonNull(vm, "vm");
        this.request = requireNonNull(request, "request");
    }

    /** Waits until the command succeeds and returns that result. */
    public Result untilSuccess(Deadline deadline) {
        return until("succeed", Result::succeeded, deadline);
    }

    /** Waits until the command fails and returns that result. */
    public Result untilFailure(Deadline deadline) {
        return until("fail", result -> !result.succeeded(), deadline);
    }

    private Result until(String end, Predicate<Result> wanted, Deadline deadline) {
        var machine = vm.declared().name();
        var condition = new Condition(
                        "`" + command() + "` to " + end + " on " + machine,
                        () -> attempt(wanted, deadline),
                        "exec " + machine + " runs it by hand")
                .explainedBy(() -> explanation() + "\n" + ConsoleEnd.of(vm));
        Await.guest().until(condition, deadline);
        return last;
    }

    private String command() {
        return request.get().command();
    }

    private Observation attempt(Predicate<Result> wanted, Deadline deadline) {
        attempts++;
        try {
            last = vm.execute(request.get(), deadline);
        } catch (DeadlineException e) {
            // It may have been noticed a little early.
            Await.pause(deadline.remaining(), command());
            return Observation.unmet("attempt " + attempts + " did not end in time"
                    + (last == null ? "" : "; the one before: " + end()));
        }
        return new Observation(wanted.test(last), end());
    }

    private String end() {
        var line = LastLine.of(last);
        return "exit code " + last.exitCode() + (line.isEmpty() ? "" : ", " + line);
    }

    private String explanation() {
        var times = "it was run " + (attempts == 1 ? "once" : attempts + " times");
        if (last == null) {
            return times;
        }
        var printed = (last.getOut() + last.getErr()).strip().lines().toList();
        if (printed.size() < 2) {
            return times;
        }
        var shown = printed.subList(Math.max(0, printed.size() - MOST_LINES), printed.size());
        return times + "; at last it printed\n  " + String.join("\n  ", shown);
    }
}

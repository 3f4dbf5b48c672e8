package org.nixlab.machine.condition;

import java.time.Duration;
import java.util.function.BiFunction;

import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.machine.Vm;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;

import static java.util.Objects.requireNonNull;

/** A guest as one wait looks at it: through short commands that have limits of their own. For one thread. */
public final class GuestLook {
    /** A guest that answers more slowly is one that does not answer. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Even a wait that is almost over looks once, and is explained. */
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    private final String machine;
    private final BiFunction<ExecRequest, Deadline, Result> guest;
    private final Deadline deadline;
    private boolean silent;

    /**
     * @param guest runs a command in the guest
     * @param deadline when the wait is over
     */
    GuestLook(String machine, BiFunction<ExecRequest, Deadline, Result> guest, Deadline deadline) {
        this.machine = requireNonNull(machine, "machine");
        this.guest = requireNonNull(guest, "guest");
        this.deadline = requireNonNull(deadline, "deadline");
    }

    static GuestLook of(Vm vm, Deadline deadline) {
        return new GuestLook(vm.declared().name(), vm::execute, deadline);
    }

    /** Returns the machine's name. */
    public String machine() {
        return machine;
    }

    /** Returns whether the last look was not answered, so that a further one costs time and tells nothing. */
    boolean isSilent() {
        return silent;
    }

    /**
     * Runs a command for bash.
     *
     * @throws DeadlineException if the guest does not answer
     */
    public Result run(String command) {
        return run(ExecRequest.of(command));
    }

    /** @throws DeadlineException if the guest does not answer */
    public Result run(ExecRequest request) {
        silent = true;
        var limit = Deadline.in(LONGEST).orSooner(deadline).orLater(Deadline.in(SHORTEST));
        var result = guest.apply(request, limit);
        silent = false;
        return result;
    }
}

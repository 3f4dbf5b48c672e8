package org.nixlab.machine.condition;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.machine.Vm;

/** Waits for what can be seen in a guest. A wait that fails says what stands in its way, and how the console ends. */
public final class GuestWait {
    private GuestWait() {}

    /**
     * Waits until a condition holds and returns what was seen then.
     *
     * @param wanted makes the condition for what looks at the guest
     * @throws DeadlineException if it does not come true in time
     * @throws LabException (check) as soon as it cannot come true any more; (host) if the machine ends meanwhile
     */
    public static String until(Vm vm, Function<GuestLook, Condition> wanted, Deadline deadline) {
        var look = GuestLook.of(vm, deadline);
        var condition = wanted.apply(look);
        var last = new AtomicReference<>("");
        var answered = new Condition(
                condition.description(),
                () -> answered(condition.probe(), last),
                condition.hint(),
                () -> explanation(condition, look) + "\n" + ConsoleEnd.of(vm));
        try {
            return Await.guest().until(answered, deadline);
        } catch (LabException e) {
            if (e.exitCode() != ExitCode.CHECK_FAILED) {
                throw e;
            }
            var console = ConsoleEnd.of(vm).strip();
            throw console.isEmpty()
                    ? e
                    : new LabException(
                            e.exitCode(),
                            e.getMessage() + "\n  " + console.replace("\n", "\n  "),
                            e.place(),
                            e.hint(),
                            e);
        }
    }

    /** A guest that is slow for once must not end a long wait. */
    private static Observation answered(Supplier<Observation> probe, AtomicReference<String> last) {
        try {
            var seen = probe.get();
            last.set(seen.detail());
            return seen;
        } catch (DeadlineException e) {
            return Observation.unmet(
                    last.get().isEmpty()
                            ? "the machine does not answer"
                            : last.get() + ", and then the machine did not answer");
        }
    }

    private static String explanation(Condition condition, GuestLook look) {
        try {
            return look.isSilent() ? "" : condition.explanation().get();
        } catch (LabException e) {
            return "";
        }
    }
}

package org.nixlab.machine.qemu;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;

import static java.util.Objects.requireNonNull;

/**
 * Ends a machine, gently at first: each rung asks in its way and is given its share of the time left; the next one is
 * climbed where that did not help.
 */
final class StopLadder {
    /**
     * A way to the end.
     *
     * @param take asks for the end and waits for it; throws {@link LabException} if it does not come
     */
    record Rung(String name, Consumer<Deadline> take) {}

    private final String machine;
    private final BooleanSupplier hasEnded;
    private final List<Rung> rungs;

    StopLadder(String machine, BooleanSupplier hasEnded, List<Rung> rungs) {
        this.machine = requireNonNull(machine, "machine");
        this.hasEnded = requireNonNull(hasEnded, "hasEnded");
        this.rungs = List.copyOf(rungs);
    }

    /**
     * Climbs until the machine has ended.
     *
     * @param log is told why a rung did not help
     * @throws DeadlineException if even the last did not help
     */
    void climb(Consumer<String> log, Deadline deadline) {
        for (int i = 0; i < rungs.size(); i++) {
            var rung = rungs.get(i);
            var share = share(i, deadline);
            try {
                rung.take().accept(share);
                return;
            } catch (CancelledException e) {
                throw e;
            } catch (LabException e) {
                // A machine that ends while it is asked to gives no answer.
                if (hasEnded.getAsBoolean()) {
                    return;
                }
                log.accept(machine + ": " + rung.name() + " did not end it: " + e.getMessage());
            }
        }
        throw new DeadlineException(machine + " could not be stopped", "", "");
    }

    /** The gentlest rung may use most of the time, since only it loses nothing; the last ones need moments. */
    private Deadline share(int rung, Deadline deadline) {
        boolean last = rung == rungs.size() - 1;
        var left = deadline.remaining();
        return last
                ? Deadline.in(Duration.ofSeconds(5).compareTo(left) > 0 ? Duration.ofSeconds(5) : left)
                : Deadline.in(left.multipliedBy(2).dividedBy(3));
    }
}

package org.nixlab.base;

import java.time.Duration;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * Waits for conditions by looking again and again, at first often and then more rarely.
 *
 * <p>Stateless apart from its settings and safe for use by many threads. The waiting thread is the caller's; an
 * interrupt ends the wait with {@link CancelledException}.
 */
public final class Await {
    private static final double GROWTH = 1.5;

    private final Duration firstPause;
    private final Duration longestPause;
    private final Consumer<String> progress;

    /**
     * @param firstPause the pause after the first unsuccessful look
     * @param longestPause the pause never grows beyond this
     * @param progress is told what is being waited for and what was seen, whenever that changes
     */
    public Await(Duration firstPause, Duration longestPause, Consumer<String> progress) {
        this.firstPause = requireNonNull(firstPause, "firstPause");
        this.longestPause = requireNonNull(longestPause, "longestPause");
        this.progress = requireNonNull(progress, "progress");
    }

    /** Returns an await for things inside a guest, where every look costs the guest some milliseconds. */
    public static Await guest() {
        return new Await(Duration.ofMillis(50), Duration.ofSeconds(1), detail -> {});
    }

    /** Returns an await for things on the host that come true within moments. */
    public static Await host() {
        return new Await(Duration.ofMillis(5), Duration.ofMillis(100), detail -> {});
    }

    /**
     * Waits until the condition holds and returns what was seen then.
     *
     * @throws DeadlineException if the deadline passes first; it names the condition and what was last seen, and explains
     * @throws CancelledException if the thread is interrupted
     */
    public String until(Condition condition, Deadline deadline) {
        var pause = firstPause;
        var lastDetail = "";
        while (true) {
            var seen = condition.probe().get();
            if (seen.met()) {
                return seen.detail();
            }
            if (!seen.detail().equals(lastDetail)) {
                lastDetail = seen.detail();
                progress.accept("waiting for " + condition.description() + suffix(lastDetail));
            }
            if (deadline.hasPassed()) {
                throw new DeadlineException(
                        "timed out waiting for " + condition.description() + suffix(lastDetail)
                                + explanation(condition),
                        "",
                        condition.hint());
            }
            pause(shorter(pause, deadline.remaining()), "waiting for " + condition.description());
            pause = shorter(Duration.ofNanos((long) (pause.toNanos() * GROWTH)), longestPause);
        }
    }

    /**
     * Does nothing for a while, at least a millisecond.
     *
     * @param work what is interrupted with it
     * @throws CancelledException if the thread is interrupted
     */
    public static void pause(Duration pause, String work) {
        try {
            Thread.sleep(Math.max(1, pause.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(work);
        }
    }

    private static String explanation(Condition condition) {
        try {
            var lines = condition.explanation().get().strip();
            return lines.isEmpty() ? "" : "\n  " + lines.replace("\n", "\n  ");
        } catch (LabException e) {
            // What was waited for is what matters.
            return "";
        }
    }

    private static String suffix(String detail) {
        return detail.isEmpty() ? "" : ": " + detail;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}

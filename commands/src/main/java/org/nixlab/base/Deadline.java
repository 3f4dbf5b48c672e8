package org.nixlab.base;

import java.time.Duration;

/**
 * The instant by which an operation must finish. It is made once, where the user's wish is known, and passed down
 * unchanged as the last parameter of everything that blocks; lower layers never invent a limit of their own.
 *
 * @param nanoTime the instant on the clock of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {
    /** So far away that it never passes, and still a number of nanoseconds. */
    private static final Duration NEVER = Duration.ofDays(10_000);

    /** Returns a deadline after a time, which may be longer than any clock counts. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + (time.compareTo(NEVER) < 0 ? time : NEVER).toNanos());
    }

    /** Returns a deadline so far away that it never passes. */
    public static Deadline never() {
        return in(NEVER);
    }

    /** Returns the time left, or zero once the deadline has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    public boolean hasPassed() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /** Returns the later of this deadline and {@code other}. */
    public Deadline orLater(Deadline other) {
        return nanoTime - other.nanoTime >= 0 ? this : other;
    }

    /** Returns the earlier of this deadline and {@code other}. */
    public Deadline orSooner(Deadline other) {
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }
}

package org.nixlab.machine.host;

import org.nixlab.base.LabException;

import static java.util.Objects.requireNonNull;

/**
 * Why a machine that runs does not go on. It looks alive from outside and answers nobody.
 *
 * @param machine its name
 * @param words what is the matter
 * @param remedy what the user can do
 */
public record Standstill(String machine, Cause cause, String words, String remedy) {
    public enum Cause {
        /** Somebody stopped QEMU itself. */
        FROZEN,
        /** QEMU paused the guest, since it could not store what that wrote. */
        DISK,
        /** Somebody paused the guest through QEMU's monitor. */
        PAUSED
    }

    public Standstill {
        requireNonNull(machine, "machine");
        requireNonNull(cause, "cause");
        requireNonNull(words, "words");
        requireNonNull(remedy, "remedy");
    }

    static Standstill frozen(String machine, long process) {
        return new Standstill(
                machine,
                Cause.FROZEN,
                "QEMU does not answer, since its process " + process + " was stopped",
                "kill -CONT " + process + " lets it go on");
    }

    static Standstill disk(String machine) {
        return new Standstill(
                machine,
                Cause.DISK,
                "paused, since the host's disk is full",
                "free some space; `status " + machine + "` lets it go on");
    }

    static Standstill paused(String machine) {
        return new Standstill(
                machine, Cause.PAUSED, "paused through QEMU's monitor", "hmp " + machine + " cont lets it go on");
    }

    /** Returns what is said to somebody who waits meanwhile. */
    String note() {
        return machine + ": " + words + "; " + (cause == Cause.DISK ? "it goes on as soon as there is room" : remedy);
    }

    public LabException failure(String place) {
        return LabException.host(machine + ": " + words, place, remedy);
    }
}

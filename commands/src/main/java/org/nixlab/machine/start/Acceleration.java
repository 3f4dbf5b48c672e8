package org.nixlab.machine.start;

import java.time.Duration;

/**
 * What QEMU runs guests with.
 *
 * @param name as {@code -accel} takes it: {@code kvm} or {@code tcg}
 * @param reason why it is not hardware acceleration, for people; empty if it is
 */
public record Acceleration(String name, String reason) {
    private static final int SLOWDOWN = 5;

    static Acceleration kvm() {
        return new Acceleration("kvm", "");
    }

    static Acceleration tcg(String reason) {
        return new Acceleration("tcg", reason);
    }

    public boolean isHardware() {
        return name.equals("kvm");
    }

    /** Returns a default limit that was chosen for hardware, stretched where guests are emulated. */
    public Duration scale(Duration limit) {
        return isHardware() ? limit : limit.multipliedBy(SLOWDOWN);
    }
}

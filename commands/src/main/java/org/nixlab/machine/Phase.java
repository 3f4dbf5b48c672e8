package org.nixlab.machine;

import java.util.Locale;

/** How far a machine has come. */
public enum Phase {
    STOPPED,
    BUILDING,
    STARTING,
    KERNEL,
    SYSTEMD,
    BACKDOOR,
    READY,
    /** It runs and stands still: its QEMU was stopped, or paused it. */
    PAUSED,
    STOPPING,
    /** It ended, or its guest panicked, without being asked to. */
    FAILED;

    /** Returns whether there is a QEMU that runs. */
    public boolean isRunning() {
        return this != STOPPED && this != BUILDING && this != FAILED;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.nixlab.base;

/** The exit codes of nixlab; a guest's own code is passed on only by a one-shot {@code exec} on one machine. */
public enum ExitCode {
    OK(0),
    /** A check, or a guest command, failed. */
    CHECK_FAILED(1),
    /** Wrong usage or input: an option, a file, an unknown machine. */
    USAGE(2),
    /** The network could not be evaluated or built. */
    BUILD_FAILED(3),
    /** The host or a machine failed: QEMU, acceleration, a missing program. */
    HOST_FAILED(4),
    /** A bug in nixlab. */
    BUG(70),
    TIMEOUT(124),
    INTERRUPTED(130),
    /** Nobody reads the output any more; as a shell shows the end by SIGPIPE. */
    OUTPUT_CLOSED(141);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}

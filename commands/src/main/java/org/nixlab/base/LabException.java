package org.nixlab.base;

import static java.util.Objects.requireNonNull;

/**
 * A failure the user can act on; anything else that escapes is a bug in nixlab.
 *
 * <p>It has three parts, each one short text without a final dot, empty if there is nothing to say: the message (what
 * happened, past tense, with the offending value), the place (where: a machine, a file with line and column) and the
 * hint (what to do, if possible a command that can be pasted).
 */
public class LabException extends RuntimeException {
    private final ExitCode exitCode;
    private final String place;
    private final String hint;

    public LabException(ExitCode exitCode, String message, String place, String hint) {
        this(exitCode, message, place, hint, null);
    }

    public LabException(ExitCode exitCode, String message, String place, String hint, Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.exitCode = requireNonNull(exitCode, "exitCode");
        this.place = requireNonNull(place, "place");
        this.hint = requireNonNull(hint, "hint");
    }

    /** Returns the exit code a program that ends with this failure must have. */
    public ExitCode exitCode() {
        return exitCode;
    }

    public String place() {
        return place;
    }

    public String hint() {
        return hint;
    }

    /** Returns a failure of the user's input: a file, an option, a name. */
    public static LabException input(String message, String place, String hint) {
        return new LabException(ExitCode.USAGE, message, place, hint);
    }

    /** Returns a failure to evaluate or build the network. */
    public static LabException build(String message, String place, String hint) {
        return new LabException(ExitCode.BUILD_FAILED, message, place, hint);
    }

    /** Returns a failure of the host or of a machine. */
    public static LabException host(String message, String place, String hint) {
        return host(message, place, hint, null);
    }

    /** Returns a failure of the host or of a machine that another one led to. */
    public static LabException host(String message, String place, String hint, Throwable cause) {
        return new LabException(ExitCode.HOST_FAILED, message, place, hint, cause);
    }
}

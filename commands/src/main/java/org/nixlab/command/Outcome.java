package org.nixlab.command;

import java.util.Optional;

import org.nixlab.base.ExitCode;

/**
 * What a verb came to.
 *
 * @param exitCode how a program that did only this would end
 * @param value what a script gets for it, if it is more than what was printed
 */
public record Outcome(ExitCode exitCode, Optional<Object> value) {
    public static final Outcome OK = new Outcome(ExitCode.OK, Optional.empty());

    public static Outcome of(Object value) {
        return new Outcome(ExitCode.OK, Optional.of(value));
    }

    /** Returns the outcome of a check, or of a command in a guest. */
    public static Outcome check(boolean passed, Object value) {
        return new Outcome(passed ? ExitCode.OK : ExitCode.CHECK_FAILED, Optional.of(value));
    }
}

package org.nixlab.base;

/** A deadline passed before what was awaited came true. The message says what was awaited and what was last seen. */
public final class DeadlineException extends LabException {
    public DeadlineException(String message, String place, String hint) {
        super(ExitCode.TIMEOUT, message, place, hint);
    }
}

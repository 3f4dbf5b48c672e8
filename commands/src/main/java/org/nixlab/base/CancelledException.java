package org.nixlab.base;

/** The user interrupted an operation (Ctrl-C). The thread's interrupt flag is set again by whoever throws this. */
public final class CancelledException extends LabException {
    public CancelledException(String what) {
        super(ExitCode.INTERRUPTED, what + " was interrupted", "", "");
    }
}

package org.nixlab.scenario;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/** What was to hold all the time did not. */
public final class WatchException extends LabException {
    WatchException(String message, RuntimeException cause) {
        super(
                ExitCode.CHECK_FAILED,
                message,
                cause instanceof LabException known ? known.place() : "",
                cause instanceof LabException known ? known.hint() : "",
                cause);
    }
}

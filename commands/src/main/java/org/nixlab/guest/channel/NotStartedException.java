package org.nixlab.guest.channel;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/** The channels ended before a command could be started; the guest has seen nothing of it. */
public final class NotStartedException extends LabException {
    private static final long serialVersionUID = 1L;

    public NotStartedException(String reason, String machine) {
        super(ExitCode.HOST_FAILED, reason, machine, "");
    }
}

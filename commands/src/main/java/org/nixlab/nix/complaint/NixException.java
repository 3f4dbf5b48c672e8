package org.nixlab.nix.complaint;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/** The network file could not be evaluated: what is wrong with it, and where in it. */
public final class NixException extends LabException {
    public NixException(String message, String place, String hint) {
        super(ExitCode.BUILD_FAILED, message, place, hint);
    }
}

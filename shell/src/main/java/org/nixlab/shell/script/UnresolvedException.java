package org.nixlab.shell.script;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/** Groovy could not make sense of a text: a name that means nothing, or wrong syntax. */
public final class UnresolvedException extends LabException {
    UnresolvedException(String message, String place, String hint, Throwable cause) {
        super(ExitCode.USAGE, message, place, hint, cause);
    }
}

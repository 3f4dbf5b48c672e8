package org.nixlab.qmp;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/** QEMU refused a command. */
public final class QmpException extends LabException {
    private final String errorClass;
    private final String description;

    QmpException(String command, String errorClass, String description, String place) {
        super(ExitCode.HOST_FAILED, "QEMU refused " + command + ": " + description, place, "");
        this.errorClass = errorClass;
        this.description = description;
    }

    /** Returns QEMU's class of the error, nearly always {@code GenericError}. */
    public String errorClass() {
        return errorClass;
    }

    /** Returns QEMU's own words. */
    public String description() {
        return description;
    }
}

package org.nixlab.guest.channel;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/** The channel of a command ended before the guest told of the command's end, which may yet run. */
public final class CommandLostException extends LabException {
    private static final long serialVersionUID = 1L;

    private final String command;

    /**
     * @param reason what became of the channel
     * @param command what ran, in the words of a message
     */
    CommandLostException(String reason, String command, String machine) {
        super(
                ExitCode.HOST_FAILED,
                message(reason, command),
                machine,
                "see `logs " + machine + "` and the console for the cause");
        this.command = command;
    }

    /** Returns the message for somebody who knows better what became of the channel. */
    public String messageBecause(String reason) {
        return message(reason, command);
    }

    private static String message(String reason, String command) {
        return reason + " during " + command;
    }
}

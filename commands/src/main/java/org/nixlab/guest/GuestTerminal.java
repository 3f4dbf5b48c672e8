package org.nixlab.guest;

import java.io.OutputStream;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.channel.CommandEvent;
import org.nixlab.guest.channel.CommandLink;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.talk.TerminalSession;

/** A login shell on a terminal of its own, in a slot. One that nothing comes from in time is closed. */
final class GuestTerminal implements TerminalSession {
    private final RunningCommand command;
    private final CommandLink link;
    private volatile boolean closed;

    GuestTerminal(RunningCommand command, CommandLink link) {
        this.command = command;
        this.link = link;
    }

    @Override
    public Optional<byte[]> read(Deadline deadline) {
        try {
            return command.next(deadline) instanceof CommandEvent.Output output
                    ? Optional.of(output.data())
                    : Optional.empty();
        } catch (LabException e) {
            if (closed) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public OutputStream keyboard() {
        return command.stdin();
    }

    @Override
    public void resize(int columns, int rows) {
        link.resize(rows, columns);
    }

    @Override
    public void close() {
        closed = true;
        command.close();
    }
}

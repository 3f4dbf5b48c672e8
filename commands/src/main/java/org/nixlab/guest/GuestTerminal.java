package org.nixlab.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;

/**
 * A terminal in a machine, as bytes. One thread reads; any thread may write, resize or close.
 */
public final class GuestTerminal implements AutoCloseable {
    private final RunningCommand command;
    private final CommandLink link;
    private volatile boolean closed;

    GuestTerminal(RunningCommand command, CommandLink link) {
        this.command = command;
        this.link = link;
    }

    /**
     * Waits for output and returns it, or nothing when the login shell has ended or the terminal is closed.
     *
     * @throws org.nixlab.base.DeadlineException if nothing comes in time; the terminal is closed
     * @throws LabException if the machine goes away
     */
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

    /** Returns where keystrokes go. It fails with an {@link IOException} when the shell has ended. */
    public OutputStream keyboard() {
        return command.stdin();
    }

    /** Tells the guest the size of the screen; programs in it notice. */
    public void resize(int rows, int columns) {
        link.resize(rows, columns);
    }

    /** Hangs up: the shell and what it runs in the foreground end. */
    @Override
    public void close() {
        closed = true;
        command.close();
    }
}

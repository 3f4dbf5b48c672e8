package org.nixlab.talk;

import java.io.OutputStream;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;

/**
 * A terminal in a machine, as bytes. One thread reads; any thread may type, resize or close. Closing hangs it up; closing
 * again does nothing.
 */
public interface TerminalSession extends AutoCloseable {
    /**
     * Waits for output and returns what is there, or nothing when the shell in it has ended or the terminal is closed.
     *
     * @throws org.nixlab.base.DeadlineException if nothing comes in time
     * @throws LabException (host) if the machine goes away
     */
    Optional<byte[]> read(Deadline deadline);

    /** Returns where keystrokes go. It fails with an {@link java.io.IOException} when the shell has ended. */
    OutputStream keyboard();

    /** Tells the guest the size of the window, in characters; programs in it notice. Does not wait. */
    void resize(int columns, int rows);

    @Override
    void close();
}

package org.nixlab.talk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A terminal in a guest: a login shell on a pty. Closing hangs it up; closing again does nothing. */
public interface TerminalSession extends AutoCloseable {
    /** Returns what the guest's terminal prints; ends when the guest's shell has ended. Read by one thread. */
    InputStream fromGuest();

    /** Returns where keystrokes go. */
    OutputStream toGuest() throws IOException;

    /** Tells the guest the size of the window, in characters. Does not wait. */
    void resize(int columns, int rows);

    @Override
    void close();
}

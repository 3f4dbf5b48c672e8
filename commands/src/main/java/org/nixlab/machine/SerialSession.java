package org.nixlab.machine;

import java.io.InputStream;
import java.io.OutputStream;

import org.nixlab.base.Deadline;
import org.nixlab.guest.SerialConsole;
import org.nixlab.talk.TerminalSession;

import static java.util.Objects.requireNonNull;

/** The serial console as a terminal: it has no size, and what runs on it goes on when one leaves. */
final class SerialSession implements TerminalSession {
    private final SerialConsole console;
    private final InputStream shown;

    SerialSession(SerialConsole console) {
        this.console = requireNonNull(console, "console");
        this.shown = new PieceStream(() -> console.read(Deadline.never()));
    }

    @Override
    public InputStream fromGuest() {
        return shown;
    }

    @Override
    public OutputStream toGuest() {
        return console.keyboard();
    }

    @Override
    public void resize(int columns, int rows) {
        // A serial line cannot tell.
    }

    @Override
    public void close() {
        console.close();
    }
}

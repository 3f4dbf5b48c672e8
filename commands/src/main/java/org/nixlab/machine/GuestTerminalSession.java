package org.nixlab.machine;

import java.io.InputStream;
import java.io.OutputStream;

import org.nixlab.base.Deadline;
import org.nixlab.guest.GuestTerminal;
import org.nixlab.talk.TerminalSession;

import static java.util.Objects.requireNonNull;

/** A guest's terminal as streams, whose failures say what became of the machine. */
final class GuestTerminalSession implements TerminalSession {
    private final GuestTerminal terminal;
    private final InputStream shown;

    GuestTerminalSession(Boot boot, GuestTerminal terminal) {
        requireNonNull(boot, "boot");
        this.terminal = requireNonNull(terminal, "terminal");
        this.shown = new PieceStream(() -> boot.explaining(() -> terminal.read(Deadline.never())));
    }

    @Override
    public InputStream fromGuest() {
        return shown;
    }

    @Override
    public OutputStream toGuest() {
        return terminal.keyboard();
    }

    @Override
    public void resize(int columns, int rows) {
        terminal.resize(rows, columns);
    }

    @Override
    public void close() {
        terminal.close();
    }
}

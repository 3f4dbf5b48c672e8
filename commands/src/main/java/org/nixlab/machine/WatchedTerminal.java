package org.nixlab.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import static java.util.Objects.requireNonNull;

/** A terminal whose user is told, as long as it is open, that its machine stands still. */
final class WatchedTerminal implements TerminalSession {
    private final TerminalSession terminal;
    private final StandstillWatch watch;

    WatchedTerminal(TerminalSession terminal, StandstillWatch watch) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.watch = requireNonNull(watch, "watch");
    }

    @Override
    public InputStream fromGuest() {
        return terminal.fromGuest();
    }

    @Override
    public OutputStream toGuest() throws IOException {
        return terminal.toGuest();
    }

    @Override
    public void resize(int columns, int rows) {
        terminal.resize(columns, rows);
    }

    @Override
    public void close() {
        watch.close();
        terminal.close();
    }
}

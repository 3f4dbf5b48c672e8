package org.nixlab.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.nixlab.machine.TerminalSession;

/** A terminal whose guest says who it is and then repeats what it is told. */
final class FakeTerminal implements TerminalSession {
    private final List<String> events;
    private final PipedOutputStream typed = new PipedOutputStream();
    private final PipedInputStream shown;

    FakeTerminal(List<String> events) {
        this.events = events;
        try {
            shown = new PipedInputStream(typed);
            typed.write("guest> ".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream fromGuest() {
        return shown;
    }

    @Override
    public OutputStream toGuest() {
        return typed;
    }

    @Override
    public void resize(int columns, int rows) {
        events.add("resize " + columns + "x" + rows);
    }

    @Override
    public void close() {
        events.add("hung up");
        try {
            typed.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.nixlab.command;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.nixlab.talk.TerminalSession;

/** A terminal whose guest says who it is and then repeats what it is told. After a Ctrl-S it stands still. */
final class FakeTerminal implements TerminalSession {
    private static final int CTRL_S = 0x13;

    private final List<String> events;
    private final Runnable standstill;
    private final PipedOutputStream typed = new PipedOutputStream();
    private final PipedInputStream shown;

    FakeTerminal(List<String> events, Runnable standstill) {
        this.events = events;
        this.standstill = standstill;
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
        return new FilterOutputStream(typed) {
            @Override
            public void write(int key) throws IOException {
                out.write(key);
                if (key == CTRL_S) {
                    standstill.run();
                }
            }
        };
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

package org.nixlab.command;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
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
    public Optional<byte[]> read(Deadline deadline) {
        try {
            var first = shown.read();
            if (first < 0) {
                return Optional.empty();
            }
            var piece = new byte[1 + shown.available()];
            piece[0] = (byte) first;
            shown.read(piece, 1, piece.length - 1);
            return Optional.of(piece);
        } catch (IOException e) {
            // Who typed has ended.
            return Optional.empty();
        }
    }

    @Override
    public OutputStream keyboard() {
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

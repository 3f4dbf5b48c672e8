package org.nixlab.machine;

import java.io.InputStream;
import java.io.OutputStream;

import org.nixlab.base.Deadline;
import org.nixlab.guest.GuestTerminal;

import static java.util.Objects.requireNonNull;

/** A guest's terminal as streams. */
final class GuestTerminalSession implements TerminalSession {
    private final GuestTerminal terminal;

    GuestTerminalSession(GuestTerminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal");
    }

    @Override
    public InputStream fromGuest() {
        return new Screen();
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

    /** Hands out what is there as soon as anything is, since a reader that waits for more would show it late. */
    private final class Screen extends InputStream {
        private byte[] piece = new byte[0];
        private int position;

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == piece.length) {
                var next = terminal.read(Deadline.never());
                if (next.isEmpty()) {
                    return -1;
                }
                piece = next.get();
                position = 0;
            }
            int count = Math.min(length, piece.length - position);
            System.arraycopy(piece, position, target, offset, count);
            position += count;
            return count;
        }
    }
}

package org.nixlab.guest.channel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** The standard input of a command, as far as the guest has granted room for it. Safe for use by many threads. */
public final class StdinStream extends OutputStream {
    /** There is no command any more that could take the data. */
    public static final class EndedException extends IOException {
        public EndedException(String message) {
            super(message);
        }
    }

    private static final int LARGEST_PIECE = 64 * 1024;
    /** What a classic backdoor is granted; slots grant far less. */
    private static final long LARGEST_ROOM = 32 << 20;

    private final CommandLink link;
    private final String endedMessage;
    private long room; // guarded by this
    private boolean ended; // guarded by this
    private boolean closed; // guarded by this

    StdinStream(CommandLink link, String endedMessage) {
        this.link = link;
        this.endedMessage = endedMessage;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        var end = offset + length;
        for (var at = offset; at < end; ) {
            at += writePiece(data, at, end - at);
        }
    }

    /** Tells the command that nothing more comes. */
    @Override
    public synchronized void close() {
        if (!closed && !ended) {
            link.endOfStdin();
        }
        closed = true;
    }

    /** @throws IllegalStateException if that is more than any guest has room for */
    synchronized void grant(int bytes) {
        if (room + bytes > LARGEST_ROOM) {
            throw new IllegalStateException("room for " + (room + bytes) + " bytes of input");
        }
        room += bytes;
        notifyAll();
    }

    /** Wakes every writer: there is nobody left to write to. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized int writePiece(byte[] data, int offset, int length) throws IOException {
        while (room == 0 && !ended && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("writing was interrupted");
            }
        }
        if (ended || closed) {
            throw new EndedException(endedMessage);
        }
        var piece = (int) Math.min(Math.min(room, length), LARGEST_PIECE);
        room -= piece;
        link.stdin(data, offset, piece);
        return piece;
    }
}

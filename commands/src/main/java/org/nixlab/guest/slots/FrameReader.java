package org.nixlab.guest.slots;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Cuts what a slot sends into messages. Everything before the answer to this connection's hello belongs to an earlier
 * client and is discarded. Output is passed on in pieces as it arrives. Used by one thread.
 */
final class FrameReader {
    /** Receives the messages of a slot, in order. */
    interface Listener {
        void greeted();

        void output(byte stream, byte[] data);

        void granted(int bytes);

        void exited(int status, boolean cancelled, int leftBehind);
    }

    private static final int LONGEST_OUTPUT = 2 << 20;
    private static final int EXIT_LENGTH = 5;
    private static final int GRANT_LENGTH = 4;

    private final byte[] answer;
    private final Listener listener;
    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER);
    private int matched;
    private boolean greeted;
    private byte type;
    private int remaining;
    private ByteBuffer control = ByteBuffer.allocate(0);

    FrameReader(String nonce, Listener listener) {
        this.answer = ("\nnixlab-slot 1 " + nonce + "\n").getBytes(StandardCharsets.US_ASCII);
        this.listener = listener;
    }

    /** @throws IllegalStateException if the slot breaks the protocol */
    void read(ByteBuffer data) {
        while (data.hasRemaining()) {
            if (!greeted) {
                seek(data);
            } else if (remaining == 0) {
                readHeader(data);
            } else {
                readPayload(data);
            }
        }
    }

    // The answer begins with the only newline that can precede its text, so a failed match restarts at that byte.
    private void seek(ByteBuffer data) {
        while (data.hasRemaining() && !greeted) {
            var next = data.get();
            if (next == answer[matched]) {
                matched++;
            } else {
                matched = next == answer[0] ? 1 : 0;
            }
            if (matched == answer.length) {
                greeted = true;
                listener.greeted();
            }
        }
    }

    private void readHeader(ByteBuffer data) {
        while (data.hasRemaining() && header.hasRemaining()) {
            header.put(data.get());
        }
        if (header.hasRemaining()) {
            return;
        }
        header.flip();
        type = header.get();
        remaining = header.getInt();
        header.clear();
        if (!isLength(type, remaining)) {
            throw new IllegalStateException("message of type " + type + " and " + remaining + " bytes");
        }
        control = ByteBuffer.allocate(type == Frame.OUT || type == Frame.ERR ? 0 : remaining);
    }

    private static boolean isLength(byte type, int length) {
        return switch (type) {
            case Frame.OUT, Frame.ERR -> length >= 0 && length <= LONGEST_OUTPUT;
            case Frame.EXIT -> length == EXIT_LENGTH;
            case Frame.GRANT -> length == GRANT_LENGTH;
            default -> false;
        };
    }

    private void readPayload(ByteBuffer data) {
        var piece = new byte[Math.min(remaining, data.remaining())];
        data.get(piece);
        remaining -= piece.length;
        if (type == Frame.OUT || type == Frame.ERR) {
            listener.output(type, piece);
            return;
        }
        control.put(piece);
        if (remaining == 0) {
            dispatch(control.flip());
        }
    }

    private void dispatch(ByteBuffer payload) {
        if (type == Frame.EXIT) {
            listener.exited(
                    Short.toUnsignedInt(payload.getShort()),
                    payload.get() != 0,
                    Short.toUnsignedInt(payload.getShort()));
        } else {
            listener.granted(payload.getInt());
        }
    }
}

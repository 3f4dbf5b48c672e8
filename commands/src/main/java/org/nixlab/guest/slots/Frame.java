package org.nixlab.guest.slots;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The messages of the slot protocol: one letter, the length as four bytes, the payload. */
public final class Frame {
    static final int HEADER = 5;
    static final byte OUT = 'O';
    static final byte ERR = 'F';
    static final byte EXIT = 'X';
    static final byte GRANT = 'G';

    private static final int STDIN_FLAG = 1;
    private static final int TERMINAL_FLAG = 2;

    private Frame() {}

    static ByteBuffer hello(String nonce) {
        return of('H', nonce.getBytes(StandardCharsets.US_ASCII));
    }

    public static ByteBuffer run(byte[] script, boolean stdin, String nonce) {
        return request(stdin ? STDIN_FLAG : 0, 0, 0, script, nonce);
    }

    public static ByteBuffer terminal(byte[] script, int rows, int columns, String nonce) {
        return request(TERMINAL_FLAG, rows, columns, script, nonce);
    }

    static ByteBuffer stdin(byte[] data, int offset, int length) {
        return header('I', length).put(data, offset, length).flip();
    }

    static ByteBuffer endOfStdin() {
        return of('E', new byte[0]);
    }

    static ByteBuffer cancel(int graceMillis) {
        return header('C', Integer.BYTES).putInt(graceMillis).flip();
    }

    static ByteBuffer resize(int rows, int columns) {
        return header('S', 2 * Short.BYTES)
                .putShort((short) rows)
                .putShort((short) columns)
                .flip();
    }

    /** @param ports names of ports that were plugged in */
    static ByteBuffer serve(List<String> ports) {
        return of('P', String.join(" ", ports).getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuffer request(int flags, int rows, int columns, byte[] script, String nonce) {
        var buffer = header('R', 1 + 2 * Short.BYTES + script.length + nonce.length());
        buffer.put((byte) flags).putShort((short) rows).putShort((short) columns);
        return buffer.put(script).put(nonce.getBytes(StandardCharsets.US_ASCII)).flip();
    }

    private static ByteBuffer of(char type, byte[] payload) {
        return header(type, payload.length).put(payload).flip();
    }

    private static ByteBuffer header(char type, int length) {
        return ByteBuffer.allocate(HEADER + length).put((byte) type).putInt(length);
    }
}

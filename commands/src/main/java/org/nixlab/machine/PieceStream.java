package org.nixlab.machine;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/** Hands out what is there as soon as anything is, since a reader that waits for more would show it late. */
final class PieceStream extends InputStream {
    private final Supplier<Optional<byte[]>> source;
    private byte[] piece = new byte[0];
    private int position;

    /** @param source waits for the next piece; empty at the end */
    PieceStream(Supplier<Optional<byte[]>> source) {
        this.source = requireNonNull(source, "source");
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == piece.length) {
            var next = source.get();
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

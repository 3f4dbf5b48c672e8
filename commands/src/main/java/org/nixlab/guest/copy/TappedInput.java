package org.nixlab.guest.copy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of which all that is read goes to somebody else, too. */
final class TappedInput extends FilterInputStream {
    private final Tap tap;

    TappedInput(InputStream stream, Tap tap) {
        super(stream);
        this.tap = tap;
    }

    /** Takes what was read, before the reader has it. */
    interface Tap {
        void take(byte[] data, int offset, int count) throws IOException;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] data, int offset, int length) throws IOException {
        var count = in.read(data, offset, length);
        if (count > 0) {
            tap.take(data, offset, count);
        }
        return count;
    }
}

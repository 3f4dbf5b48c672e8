package org.nixlab.guest;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Spoils what a machine sends, each time in another way and the same way for the same seed. */
final class Damage {
    private final Random random;

    Damage(long seed) {
        this.random = new Random(seed);
    }

    /** Returns the bytes with some of them changed, lost, doubled or added, at times cut off. */
    byte[] of(byte[] whole) {
        var spoilt = whole;
        for (int times = random.nextInt(4); times >= 0; times--) {
            spoilt = once(spoilt);
        }
        return spoilt;
    }

    private byte[] once(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(9));
        var spoilt = new ByteArrayOutputStream();
        spoilt.write(bytes, 0, from);
        switch (random.nextInt(6)) {
            case 0 -> spoilt.writeBytes(anything());
            case 1 -> spoilt.write(bytes, from, to - from);
            case 2 -> {
                spoilt.writeBytes(extreme());
                from = Math.min(bytes.length, from + Integer.BYTES);
            }
            case 3 -> from = to;
            case 4 -> {
                spoilt.writeBytes(anything());
                from = to;
            }
            default -> from = bytes.length;
        }
        spoilt.write(bytes, from, bytes.length - from);
        return spoilt.toByteArray();
    }

    private byte[] anything() {
        var bytes = new byte[1 + random.nextInt(12)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A length nobody should believe. */
    private byte[] extreme() {
        byte first = (byte) (random.nextBoolean() ? 0xff : 0x7f);
        return new byte[] {first, (byte) 0xff, (byte) random.nextInt(), (byte) random.nextInt()};
    }
}

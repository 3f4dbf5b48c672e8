package org.nixlab.guest.channel;

import java.util.function.LongConsumer;

import org.apache.commons.codec.digest.XXHash32;

/** The checksum of one file in the making. */
public interface FileChecksum {
    void update(byte[] data, int offset, int count);

    default void update(byte[] data, int count) {
        update(data, 0, count);
    }

    /** Returns what the program of the guest prints before the file's name. */
    String line();

    /** Adds the zeros of a hole, and tells the count of each piece. */
    static void addZeros(FileChecksum sum, long count, LongConsumer progress) {
        var zeros = new byte[(int) Math.min(count, 1 << 16)];
        for (long rest = count; rest > 0; rest -= zeros.length) {
            var piece = (int) Math.min(rest, zeros.length);
            sum.update(zeros, piece);
            progress.accept(piece);
        }
    }

    static FileChecksum xxh32() {
        var hash = new XXHash32();
        return new FileChecksum() {
            @Override
            public void update(byte[] data, int offset, int count) {
                hash.update(data, offset, count);
            }

            @Override
            public String line() {
                return String.format("%08x", hash.getValue());
            }
        };
    }
}

package org.nixlab.guest.channel;

/**
 * The checksum of POSIX {@code cksum}, for which every guest has a program: all that must be found is a fault of the
 * channel.
 */
public final class PosixChecksum implements FileChecksum {
    private static final int POLYNOMIAL = 0x04C11DB7;
    private static final int[] TABLE = new int[256];

    static {
        for (var index = 0; index < TABLE.length; index++) {
            var value = index << 24;
            for (var bit = 0; bit < 8; bit++) {
                value = value < 0 ? value << 1 ^ POLYNOMIAL : value << 1;
            }
            TABLE[index] = value;
        }
    }

    private int remainder;
    private long length;

    @Override
    public void update(byte[] data, int offset, int count) {
        var value = remainder;
        for (var index = offset; index < offset + count; index++) {
            value = value << 8 ^ TABLE[(value >>> 24 ^ data[index]) & 0xFF];
        }
        remainder = value;
        length += count;
    }

    @Override
    public String line() {
        var value = remainder;
        for (var rest = length; rest != 0; rest >>>= 8) {
            value = value << 8 ^ TABLE[(value >>> 24 ^ (int) rest) & 0xFF];
        }
        return Integer.toUnsignedString(~value) + " " + length;
    }
}

package org.nixlab.guest.tar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields of one block before a file in a tar stream (POSIX, "ustar Interchange Format"). */
public final class TarHeader {
    static final int BLOCK = 512;

    private static final byte[] MAGIC = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
    private static final int MAGIC_AT = 257;
    private static final int NAME = 100;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;
    private static final int SUM_AT = 148;
    private static final int SUM = 8;
    private static final int TYPE_AT = 156;
    private static final int TARGET_AT = 157;

    private final byte[] block;

    TarHeader(byte[] block) {
        this.block = block;
    }

    /** Makes a header; what has no room in it is cut. */
    public static byte[] make(char type, String name, String target, int mode, long size, long seconds) {
        var block = new byte[BLOCK];
        put(block, 0, NAME, name);
        putOctal(block, 100, 8, mode);
        putOctal(block, 108, 8, 0);
        putOctal(block, 116, 8, 0);
        putOctal(block, 124, 12, size);
        putOctal(block, 136, 12, seconds);
        block[TYPE_AT] = (byte) type;
        put(block, TARGET_AT, NAME, target);
        System.arraycopy(MAGIC, 0, block, MAGIC_AT, MAGIC.length);
        put(block, SUM_AT, SUM, "%06o\0 ".formatted(sum(block)));
        return block;
    }

    static boolean fitsName(String name) {
        return name.length() <= NAME;
    }

    static boolean fits(long number) {
        return number >= 0 && number < 1L << 33;
    }

    /** Returns whether this is the end of the stream. */
    boolean isEnd() {
        return Arrays.equals(block, new byte[BLOCK]);
    }

    void check() throws IOException {
        if (octal(SUM_AT, SUM) != sum(block)) {
            throw new IOException("the archive is damaged");
        }
    }

    char type() {
        return (char) block[TYPE_AT];
    }

    String name() {
        var prefix = Arrays.equals(MAGIC, 0, 6, block, MAGIC_AT, MAGIC_AT + 6) ? text(PREFIX_AT, PREFIX) : "";
        return prefix.isEmpty() ? text(0, NAME) : prefix + "/" + text(0, NAME);
    }

    String target() {
        return text(TARGET_AT, NAME);
    }

    int mode() throws IOException {
        return (int) octal(100, 8) & TarEntry.MODE;
    }

    long size() throws IOException {
        return octal(124, 12);
    }

    long seconds() throws IOException {
        return octal(136, 12);
    }

    private static void put(byte[] block, int at, int length, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, length));
    }

    private static void putOctal(byte[] block, int at, int length, long number) {
        put(block, at, length, ("%0" + (length - 1) + "o").formatted(number));
    }

    // The sum counts its own field as blanks.
    private static int sum(byte[] block) {
        var sum = SUM * ' ';
        for (var at = 0; at < BLOCK; at++) {
            sum += at < SUM_AT || at >= SUM_AT + SUM ? Byte.toUnsignedInt(block[at]) : 0;
        }
        return sum;
    }

    private String text(int at, int length) {
        var end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.ISO_8859_1);
    }

    private long octal(int at, int length) throws IOException {
        // Larger numbers are binary, after a first bit.
        if (block[at] < 0) {
            return binary(at, length);
        }
        var digits = text(at, length).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw new IOException("the archive is damaged");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private long binary(int at, int length) throws IOException {
        long number = block[at] & 0x7F;
        for (var next = at + 1; next < at + length; next++) {
            if (number >>> 55 != 0) {
                throw new IOException("the archive is damaged");
            }
            number = number << 8 | Byte.toUnsignedInt(block[next]);
        }
        return number;
    }
}

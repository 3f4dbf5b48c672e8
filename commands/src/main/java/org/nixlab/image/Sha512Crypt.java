package org.nixlab.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Hashes passwords as shadow(5) wants them: method 6 of crypt(5), with its usual 5000 rounds. */
final class Sha512Crypt {
    private static final int ROUNDS = 5000;
    private static final int SIZE = 64;
    private static final String DIGITS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Sha512Crypt() {}

    /**
     * Returns the hash of a password.
     *
     * @param salt at most 16 letters, digits, dots and slashes
     */
    static String hash(String password, String salt) {
        var key = password.getBytes(StandardCharsets.UTF_8);
        var grain = salt.getBytes(StandardCharsets.US_ASCII);
        var result = first(key, grain);
        var p = spread(repeated(key, key.length), key.length);
        var s = spread(repeated(grain, 16 + Byte.toUnsignedInt(result[0])), grain.length);
        for (int round = 0; round < ROUNDS; round++) {
            var digest = sha512();
            digest.update(round % 2 != 0 ? p : result);
            if (round % 3 != 0) {
                digest.update(s);
            }
            if (round % 7 != 0) {
                digest.update(p);
            }
            digest.update(round % 2 != 0 ? result : p);
            result = digest.digest();
        }
        return "$6$" + salt + "$" + encode(result);
    }

    private static byte[] first(byte[] key, byte[] salt) {
        var alternate = sha512();
        alternate.update(key);
        alternate.update(salt);
        alternate.update(key);
        var b = alternate.digest();
        var digest = sha512();
        digest.update(key);
        digest.update(salt);
        digest.update(spread(b, key.length));
        for (int length = key.length; length > 0; length >>= 1) {
            digest.update((length & 1) != 0 ? b : key);
        }
        return digest.digest();
    }

    private static byte[] repeated(byte[] bytes, int times) {
        var digest = sha512();
        for (int i = 0; i < times; i++) {
            digest.update(bytes);
        }
        return digest.digest();
    }

    /** Returns as many bytes as asked for, the given ones over and over. */
    private static byte[] spread(byte[] bytes, int length) {
        var result = new byte[length];
        for (int i = 0; i < length; i++) {
            result[i] = bytes[i % SIZE];
        }
        return result;
    }

    /** The bytes come in groups of three from three columns that turn with every row. */
    private static String encode(byte[] result) {
        var text = new StringBuilder();
        for (int row = 0; row < 21; row++) {
            int[] at = {row, row + 21, row + 42};
            int turn = row % 3;
            int value = Byte.toUnsignedInt(result[at[turn]]) << 16
                    | Byte.toUnsignedInt(result[at[(turn + 1) % 3]]) << 8
                    | Byte.toUnsignedInt(result[at[(turn + 2) % 3]]);
            append(text, value, 4);
        }
        append(text, Byte.toUnsignedInt(result[SIZE - 1]), 2);
        Arrays.fill(result, (byte) 0);
        return text.toString();
    }

    private static void append(StringBuilder text, int value, int digits) {
        for (int i = 0; i < digits; i++) {
            text.append(DIGITS.charAt(value >> 6 * i & 63));
        }
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

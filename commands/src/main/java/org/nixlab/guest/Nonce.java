package org.nixlab.guest;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Words nobody else says: 32 hexadecimal digits. */
final class Nonce {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Nonce() {}

    static String next() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

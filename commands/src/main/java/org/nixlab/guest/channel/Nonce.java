package org.nixlab.guest.channel;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Words nobody else says: 32 hexadecimal digits. */
public final class Nonce {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Nonce() {}

    public static String next() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

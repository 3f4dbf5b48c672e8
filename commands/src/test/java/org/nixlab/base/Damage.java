package org.nixlab.base;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a power loss, a full disk or a slip of the hand leaves in a file. */
public final class Damage {
    private Damage() {}

    /** Returns contents of damaged files: none, zeros, bytes of no text, half a word, and other JSON than any expected. */
    public static List<byte[]> all() {
        return List.of(
                new byte[0],
                new byte[512],
                new byte[] {(byte) 0xff, (byte) 0xfe, '\n', (byte) 0x80, 0},
                text("\n"),
                text("{\"ha"),
                text("null"),
                text("{}"),
                text("[]"),
                text("x\ty\tz\nq 9 9 9\n"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

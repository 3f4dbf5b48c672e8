package org.nixlab.image.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes the names under which built things are kept: equal for equal ingredients. */
public final class Hash {
    private static final int LENGTH = 20;

    private final MessageDigest digest = sha256();

    public Hash add(byte[] bytes) {
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        digest.update(bytes);
        return this;
    }

    public Hash add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    public Hash add(Iterable<String> texts) {
        texts.forEach(this::add);
        return add("end");
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

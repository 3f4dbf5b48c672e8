package org.nixlab.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a command printed, as texts. */
final class Collected implements OutputSink {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void out(byte[] data) {
        out.writeBytes(data);
    }

    @Override
    public void err(byte[] data) {
        err.writeBytes(data);
    }
}

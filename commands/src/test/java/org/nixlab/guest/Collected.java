package org.nixlab.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.nixlab.talk.OutputSink;

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
    public void received(Stream stream, byte[] data) {
        (stream == Stream.OUT ? out : err).writeBytes(data);
    }
}

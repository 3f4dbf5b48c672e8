package org.nixlab.scenario.python;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A stream of text as lines, each told as soon as it is whole. Safe for use by many threads. */
final class HeardLines extends OutputStream {
    private final Consumer<String> listener;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(); // guarded by this

    HeardLines(Consumer<String> listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void write(int value) {
        if (value == '\n') {
            tell();
        } else {
            begun.write(value);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    void write(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    /** Tells what has no end of line. */
    @Override
    public synchronized void close() {
        if (begun.size() > 0) {
            tell();
        }
    }

    private void tell() {
        var line = begun.toString(StandardCharsets.UTF_8);
        begun.reset();
        listener.accept(line);
    }
}

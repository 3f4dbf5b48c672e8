package org.nixlab.command;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.nixlab.talk.Output;

/** What a command of a fake machine printed. */
final class FakeOutput {
    private FakeOutput() {}

    static Output kept(String text) {
        return new Kept(text);
    }

    /** Returns an output that was passed on. */
    static Output gone(String text) {
        return new Gone(text.length());
    }

    private record Kept(String text) implements Output {
        @Override
        public long size() {
            return bytes().length;
        }

        @Override
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes());
        }
    }

    private record Gone(long size) implements Output {
        @Override
        public byte[] bytes() {
            throw new IllegalStateException("the output was passed on and not kept");
        }

        @Override
        public String text() {
            throw new IllegalStateException("the output was passed on and not kept");
        }

        @Override
        public InputStream open() {
            throw new IllegalStateException("the output was passed on and not kept");
        }
    }
}

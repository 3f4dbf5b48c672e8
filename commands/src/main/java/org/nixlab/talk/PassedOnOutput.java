package org.nixlab.talk;

import java.io.InputStream;

import static java.util.Objects.requireNonNull;

/** Passes on what a command prints, and keeps no more of it than how much it was. */
public final class PassedOnOutput implements HeardOutput {
    private final OutputSink sink;
    private long out;
    private long err;

    public PassedOnOutput(OutputSink sink) {
        this.sink = requireNonNull(sink, "sink");
    }

    @Override
    public void received(Stream stream, byte[] data) {
        if (stream == Stream.OUT) {
            out += data.length;
        } else {
            err += data.length;
        }
        sink.received(stream, data);
    }

    @Override
    public void note(String line) {
        sink.note(line);
    }

    @Override
    public Output output() {
        return new Gone(out);
    }

    @Override
    public Output errorOutput() {
        return new Gone(err);
    }

    private record Gone(long size) implements Output {
        @Override
        public byte[] bytes() {
            throw gone();
        }

        @Override
        public String text() {
            throw gone();
        }

        @Override
        public InputStream open() {
            throw gone();
        }

        private static IllegalStateException gone() {
            return new IllegalStateException("the output was passed on and not kept");
        }
    }
}

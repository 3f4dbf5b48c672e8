package org.nixlab.machine;

import java.io.InputStream;

import org.nixlab.talk.Output;
import org.nixlab.talk.OutputSink;

import static java.util.Objects.requireNonNull;

/** Passes on what a command prints, and keeps no more of it than how much it was. */
final class PassedOnOutput implements HeardOutput {
    private final OutputSink sink;
    private long out;
    private long err;

    PassedOnOutput(OutputSink sink) {
        this.sink = requireNonNull(sink, "sink");
    }

    @Override
    public void out(byte[] data) {
        out += data.length;
        sink.received(OutputSink.Stream.OUT, data, data.length);
    }

    @Override
    public void err(byte[] data) {
        err += data.length;
        sink.received(OutputSink.Stream.ERR, data, data.length);
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

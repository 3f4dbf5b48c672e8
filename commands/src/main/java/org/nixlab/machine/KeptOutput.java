package org.nixlab.machine;

import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.guest.Capture;

import static java.util.Objects.requireNonNull;

/** Keeps what a command prints and passes it on as it comes. */
final class KeptOutput implements org.nixlab.guest.OutputSink {
    private final Capture out = new Capture();
    private final Capture err = new Capture();
    private final OutputSink also;

    KeptOutput(OutputSink also) {
        this.also = requireNonNull(also, "also");
    }

    @Override
    public void out(byte[] data) {
        out.add(data);
        also.received(OutputSink.Stream.OUT, data, data.length);
    }

    @Override
    public void err(byte[] data) {
        err.add(data);
        also.received(OutputSink.Stream.ERR, data, data.length);
    }

    Output output() {
        return kept(out);
    }

    Output errorOutput() {
        return kept(err);
    }

    private static Output kept(Capture capture) {
        capture.finish();
        return new Kept(capture);
    }

    private record Kept(Capture capture) implements Output {
        @Override
        public long size() {
            return capture.size();
        }

        @Override
        public byte[] bytes() {
            return capture.bytes();
        }

        @Override
        public String text() {
            return capture.text();
        }

        @Override
        public Optional<Path> file() {
            return capture.file();
        }
    }
}

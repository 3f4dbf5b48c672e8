package org.nixlab.machine;

import java.io.InputStream;
import java.util.function.Consumer;

import org.nixlab.talk.Capture;
import org.nixlab.talk.Output;

import static java.util.Objects.requireNonNull;

/** Keeps what a command prints, and passes on why it takes long. */
final class KeptOutput implements HeardOutput {
    private final Capture out = new Capture();
    private final Capture err = new Capture();
    private final Consumer<String> notes;

    KeptOutput() {
        this(note -> {});
    }

    KeptOutput(Consumer<String> notes) {
        this.notes = requireNonNull(notes, "notes");
    }

    @Override
    public void note(String line) {
        notes.accept(line);
    }

    @Override
    public void out(byte[] data) {
        out.add(data);
    }

    @Override
    public void err(byte[] data) {
        err.add(data);
    }

    @Override
    public Output output() {
        return new Kept(out);
    }

    @Override
    public Output errorOutput() {
        return new Kept(err);
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
        public InputStream open() {
            return capture.open();
        }
    }
}

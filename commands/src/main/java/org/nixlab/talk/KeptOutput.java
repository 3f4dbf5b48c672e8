package org.nixlab.talk;

import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/** Keeps what a command prints, and passes on why it takes long. */
public final class KeptOutput implements HeardOutput {
    private final Capture out = new Capture();
    private final Capture err = new Capture();
    private final Consumer<String> notes;

    public KeptOutput() {
        this(note -> {});
    }

    public KeptOutput(Consumer<String> notes) {
        this.notes = requireNonNull(notes, "notes");
    }

    @Override
    public void received(Stream stream, byte[] data) {
        (stream == Stream.OUT ? out : err).add(data);
    }

    @Override
    public void note(String line) {
        notes.accept(line);
    }

    @Override
    public Output output() {
        return out;
    }

    @Override
    public Output errorOutput() {
        return err;
    }
}

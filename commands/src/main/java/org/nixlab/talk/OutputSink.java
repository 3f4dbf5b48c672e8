package org.nixlab.talk;

import java.util.function.Consumer;

/**
 * Hears what a command prints, as it comes, in the thread that waits for the command. It may block: the command goes on
 * until a mebibyte waits for it.
 */
@FunctionalInterface
public interface OutputSink {
    /** Returns a sink for somebody who only wants to know why a command takes long. */
    static OutputSink notes(Consumer<String> notes) {
        return new OutputSink() {
            @Override
            public void received(Stream stream, byte[] data) {}

            @Override
            public void note(String line) {
                notes.accept(line);
            }
        };
    }

    enum Stream {
        OUT,
        ERR
    }

    /** Receives the next piece, which is the sink's from then on. */
    void received(Stream stream, byte[] data);

    /** Is told, by another thread, why the command takes long: its machine stands still, or goes on again. */
    default void note(String line) {}
}

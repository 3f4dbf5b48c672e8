package org.nixlab.talk;

import java.util.function.Consumer;

/** Receives what a command prints, as it comes, from the thread that waits for the command. */
public interface OutputSink {
    /** Returns a sink for somebody who only wants to know why a command takes long. */
    static OutputSink notes(Consumer<String> notes) {
        return new OutputSink() {
            @Override
            public void received(Stream stream, byte[] bytes, int length) {}

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

    /** Receives the first {@code length} of {@code bytes}; the array is reused after the call. */
    void received(Stream stream, byte[] bytes, int length);

    /** Is told, by yet another thread, why the command takes long: its machine stands still, or goes on again. */
    default void note(String line) {}
}

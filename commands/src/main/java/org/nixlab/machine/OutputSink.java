package org.nixlab.machine;

/** Receives what a command prints, as it comes, from the thread that waits for the command. */
public interface OutputSink {
    enum Stream {
        OUT,
        ERR
    }

    /** Receives the first {@code length} of {@code bytes}; the array is reused after the call. */
    void received(Stream stream, byte[] bytes, int length);
}

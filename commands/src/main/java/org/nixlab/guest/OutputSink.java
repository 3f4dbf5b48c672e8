package org.nixlab.guest;

/** Takes the output of a command piece by piece, in the thread that waits for the command. It may block. */
public interface OutputSink {
    void out(byte[] data);

    void err(byte[] data);
}

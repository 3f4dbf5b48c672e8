package org.nixlab.guest;

/** Wants nothing of what a command prints. */
final class Discarded implements OutputSink {
    @Override
    public void out(byte[] data) {}

    @Override
    public void err(byte[] data) {}
}

package org.nixlab.process;

import java.io.ByteArrayOutputStream;

/** What a program prints on one stream: all of it, or its end if it becomes more than a limit. Safe for use by many threads. */
final class KeptEnd {
    private final int part;
    private ByteArrayOutputStream older = new ByteArrayOutputStream();
    private ByteArrayOutputStream newer = new ByteArrayOutputStream();
    private boolean cut;

    /** @param part so much is always kept of the end, and never more than twice that */
    KeptEnd(int part) {
        this.part = part;
    }

    synchronized void add(byte[] bytes, int length) {
        if (newer.size() + length > part) {
            cut |= older.size() > 0;
            older = newer;
            newer = new ByteArrayOutputStream();
        }
        newer.write(bytes, 0, length);
    }

    /** Returns whether something was left out before what is kept. */
    synchronized boolean isCut() {
        return cut;
    }

    synchronized byte[] bytes() {
        var whole = new ByteArrayOutputStream(older.size() + newer.size());
        whole.writeBytes(older.toByteArray());
        whole.writeBytes(newer.toByteArray());
        return whole.toByteArray();
    }
}

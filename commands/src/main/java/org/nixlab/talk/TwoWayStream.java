package org.nixlab.talk;

import java.io.InputStream;
import java.io.OutputStream;

/** A connection into a machine, as bytes. One thread may read while another writes, and any thread may close it. */
public interface TwoWayStream extends AutoCloseable {
    /** Returns what the other end sends, to its end. Reading fails when the connection broke or was closed. */
    InputStream in();

    /** Returns what goes to the other end; closing it tells that nothing more comes, and leaves the rest open. */
    OutputStream out();

    /** Gives the connection up at once; what waits in it is lost. */
    @Override
    void close();
}

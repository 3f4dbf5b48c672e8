package org.nixlab.talk;

import java.io.InputStream;

import org.nixlab.base.LabException;

/** What a command printed on one stream: kept in memory, or in a nameless temporary file when it is large. Of what was passed on only the size is there. */
public interface Output {
    /** Returns the number of bytes. */
    long size();

    /**
     * Returns everything as bytes.
     *
     * @throws LabException if it was too large for memory
     */
    byte[] bytes();

    /**
     * Returns everything as text, decoded as UTF-8 with malformed input replaced.
     *
     * @throws LabException if it was too large for memory
     */
    String text();

    /** Opens it, however large it is, from its start. Any number may be open at once. */
    InputStream open();
}

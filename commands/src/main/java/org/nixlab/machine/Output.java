package org.nixlab.machine;

import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.base.LabException;

/** What a command printed on one stream: kept in memory, or in a temporary file when it is large. */
public interface Output {
    /** Returns the number of bytes. */
    long size();

    /**
     * Returns everything as bytes.
     *
     * @throws LabException if it was so large that it lies in a file; it names the file
     */
    byte[] bytes();

    /**
     * Returns everything as text, decoded as UTF-8 with malformed input replaced.
     *
     * @throws LabException if it was so large that it lies in a file; it names the file
     */
    String text();

    /** Returns the file it lies in, if it was too large for memory. */
    Optional<Path> file();
}

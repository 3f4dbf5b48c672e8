package org.nixlab.machine.screen;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

/**
 * Reads the letters of a picture.
 *
 * @param program the host's {@code tesseract}
 */
record TextReader(String program) {
    private static final int NOT_THERE = 127;

    /** @throws LabException (host) if the host has no tesseract, or it fails */
    String read(Picture picture, Picture.Variant variant, Deadline deadline) {
        var command = HostCommand.of(program, "stdin", "stdout", "--psm", Integer.toString(variant.layout()))
                // Of so small a picture several threads make more work than they do.
                .environment("OMP_THREAD_LIMIT", "1")
                .input(picture.in(variant));
        var result = HostProcess.run(command, deadline);
        if (!result.succeeded()) {
            throw LabException.host(
                    "the text of the screen cannot be read: tesseract "
                            + (result.exitCode() == NOT_THERE
                                    ? "is not there"
                                    : "failed: " + result.err().strip()),
                    "",
                    "apt-get install tesseract-ocr");
        }
        return result.out();
    }
}

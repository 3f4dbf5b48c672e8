package org.nixlab.shell.script;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.nixlab.base.LabException;

/** What a verb printed, as a text for a script. */
final class Printed extends OutputStream {
    private static final int MOST = 64 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** @throws LabException if it becomes too much for a text */
    @Override
    public void write(byte[] data, int offset, int length) {
        if (bytes.size() + length > MOST) {
            throw LabException.input(
                    "more than " + (MOST >> 20) + " MiB were printed, too much for a text",
                    "",
                    "on a line of its own, with > FILE, it goes to a file");
        }
        bytes.write(data, offset, length);
    }

    /** Returns the text, if anything was printed. */
    Optional<String> text() {
        return bytes.size() == 0 ? Optional.empty() : Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }
}

package org.nixlab.guest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/**
 * What a command printed, byte for byte: in memory up to 16 MiB, beyond that in a temporary file that belongs to
 * whoever holds this capture. Filled by one thread; read by any once the command has ended.
 */
public final class Capture {
    private static final int LARGEST_IN_MEMORY = 16 << 20;

    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Path file;
    private OutputStream fileStream;
    private long size;

    public Capture() {}

    public long size() {
        return size;
    }

    /** Returns the file that holds the output, if it was too large for memory. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** @throws LabException if the output is in a file; the message names it */
    public byte[] bytes() {
        if (file != null) {
            throw LabException.input(
                    "the output has " + size + " bytes, too many for a text", file.toString(), "read the file instead");
        }
        return memory.toByteArray();
    }

    /** Returns the output as UTF-8; what is not valid shows as the replacement character. */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Opens the output, wherever it is. The caller closes the stream. */
    public InputStream open() {
        try {
            return file == null ? new ByteArrayInputStream(memory.toByteArray()) : Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the file, if there is one. */
    public void delete() {
        finish();
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void add(byte[] data) {
        try {
            if (file == null && size + data.length > LARGEST_IN_MEMORY) {
                file = Files.createTempFile("nixlab-output-", null);
                fileStream = Files.newOutputStream(file);
                memory.writeTo(fileStream);
                memory = new ByteArrayOutputStream();
            }
            (file == null ? memory : fileStream).write(data);
            size += data.length;
        } catch (IOException e) {
            throw new LabException(
                    ExitCode.HOST_FAILED,
                    "the output could not be kept: " + e.getMessage(),
                    String.valueOf(file),
                    "make room, or send the output to a file with |>",
                    e);
        }
    }

    public void finish() {
        try {
            if (fileStream != null) {
                fileStream.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.nixlab.talk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

import org.nixlab.base.LabException;

/**
 * What a command printed, byte for byte: in memory up to 16 MiB, beyond that in a file of the host's directory for
 * temporary files that has no name any more, so that its space is free again when this capture or the process is gone.
 * Filled by one thread; read by any once the command has ended.
 */
final class Capture implements Output {
    private static final int LARGEST_IN_MEMORY = 16 << 20;

    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private RandomAccessFile file;
    private long size;

    @Override
    public long size() {
        return size;
    }

    @Override
    public byte[] bytes() {
        if (file != null) {
            throw LabException.input(
                    "the output has " + size + " bytes, too many for a text",
                    "",
                    "read it with output.open(), or send it to a file with |>");
        }
        return memory.toByteArray();
    }

    @Override
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public InputStream open() {
        return file == null ? new ByteArrayInputStream(memory.toByteArray()) : new Reader();
    }

    void add(byte[] data) {
        try {
            if (file == null && size + data.length > LARGEST_IN_MEMORY) {
                file = nameless();
                file.write(memory.toByteArray());
                memory = new ByteArrayOutputStream();
            }
            if (file == null) {
                memory.writeBytes(data);
            } else {
                file.write(data);
            }
            size += data.length;
        } catch (IOException e) {
            throw LabException.host(
                    "the output could not be kept: " + e.getMessage(),
                    System.getProperty("java.io.tmpdir"),
                    "make room, or send the output to a file with |>",
                    e);
        }
    }

    // No channel: an interrupt would close it.
    private static RandomAccessFile nameless() throws IOException {
        var path = Files.createTempFile("nixlab-output-", null);
        try {
            return new RandomAccessFile(path.toFile(), "rw");
        } finally {
            Files.delete(path);
        }
    }

    private final class Reader extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            synchronized (file) {
                file.seek(position);
                int count = file.read(buffer, offset, length);
                position += Math.max(0, count);
                return count;
            }
        }
    }
}

package org.nixlab.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Which parts of a file are more than zeros, as format 1.0 of GNU tar's sparse files says it (GNU tar manual, "Storing
 * Sparse Files").
 *
 * @param size of the whole file, in bytes
 */
record SparseMap(List<Part> parts, long size) {
    private static final int RECORD = 512;
    private static final int SHORTEST_HOLE = 64 * 1024;
    private static final byte[] ZEROS = new byte[SHORTEST_HOLE];

    /** Bytes from {@code offset} on. */
    record Part(long offset, long length) {}

    /** Reads a file of a known size once. Java cannot ask the file system where holes are, so zeros count as such. */
    static SparseMap of(SeekableByteChannel file, long size) throws IOException {
        var parts = new ArrayList<Part>();
        var block = ByteBuffer.allocate(SHORTEST_HOLE);
        long begin = -1;
        for (long at = 0; at < size; at += SHORTEST_HOLE) {
            block.clear().limit((int) Math.min(SHORTEST_HOLE, size - at));
            file.position(at);
            while (block.hasRemaining()) {
                if (file.read(block) < 0) {
                    throw new IOException("it became shorter while it was copied");
                }
            }
            if (!isZero(block.array(), 0, block.position())) {
                begin = begin < 0 ? at : begin;
            } else if (begin >= 0) {
                parts.add(new Part(begin, at - begin));
                begin = -1;
            }
        }
        if (begin >= 0) {
            parts.add(new Part(begin, size - begin));
        }
        return new SparseMap(parts, size);
    }

    /** Returns whether so many bytes, at most 64 KiB, are all zero. */
    static boolean isZero(byte[] data, int offset, int length) {
        return Arrays.equals(data, offset, offset + length, ZEROS, 0, length);
    }

    boolean hasHoles() {
        return parts.stream().mapToLong(Part::length).sum() < size;
    }

    /** Makes an entry one of a sparse file: with another name and size, for tar programs that know no sparse files. */
    TarArchiveEntry entry(TarArchiveEntry plain) {
        var name = plain.getName();
        int slash = name.lastIndexOf('/');
        var entry = new TarArchiveEntry(name.substring(0, slash + 1) + "GNUSparseFile.0/" + name.substring(slash + 1));
        entry.setMode(plain.getMode());
        entry.setModTime(plain.getLastModifiedTime());
        entry.setSize(map().length + parts.stream().mapToLong(Part::length).sum());
        entry.addPaxHeader("GNU.sparse.major", "1");
        entry.addPaxHeader("GNU.sparse.minor", "0");
        entry.addPaxHeader("GNU.sparse.name", name);
        entry.addPaxHeader("GNU.sparse.realsize", String.valueOf(size));
        return entry;
    }

    void writeMap(OutputStream stream) throws IOException {
        stream.write(map());
    }

    private byte[] map() {
        var text = new StringBuilder();
        // A hole at the end is said by an empty part there.
        var ends = !parts.isEmpty()
                && parts.get(parts.size() - 1).offset()
                                + parts.get(parts.size() - 1).length()
                        == size;
        text.append(parts.size() + (ends ? 0 : 1)).append('\n');
        parts.forEach(part ->
                text.append(part.offset()).append('\n').append(part.length()).append('\n'));
        if (!ends) {
            text.append(size).append("\n0\n");
        }
        var bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(bytes, (bytes.length + RECORD - 1) / RECORD * RECORD);
    }
}

package org.nixlab.guest.tar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which parts of a file are more than zeros, as format 1.0 of GNU tar's sparse files says it (GNU tar manual, "Storing
 * Sparse Files").
 *
 * @param size of the whole file, in bytes
 */
public record SparseMap(List<Part> parts, long size) {
    private static final int SHORTEST_HOLE = 64 * 1024;
    private static final byte[] ZEROS = new byte[SHORTEST_HOLE];

    /** As many as a file of 16 GiB can have; they take 100 MB. */
    private static final int MOST_PARTS = 1 << 21;

    /** Bytes from {@code offset} on. */
    public record Part(long offset, long length) {
        public long end() {
            return offset + length;
        }
    }

    /** Where the blocks come from that hold a map. */
    interface Blocks {
        byte[] next() throws IOException;
    }

    /** Returns the map of a file without holes. */
    public static SparseMap whole(long size) {
        return new SparseMap(size == 0 ? List.of() : List.of(new Part(0, size)), size);
    }

    /**
     * Reads a file up to a size. Java cannot ask the file system where holes are, so zeros count as such. What the file
     * turns out to be shorter is a hole, too.
     */
    public static SparseMap of(SeekableByteChannel file, long size) throws IOException {
        var parts = new ArrayList<Part>();
        var block = ByteBuffer.allocate(SHORTEST_HOLE);
        long begin = -1;
        for (long at = 0; at < size; at += SHORTEST_HOLE) {
            block.clear().limit((int) Math.min(SHORTEST_HOLE, size - at));
            file.position(at);
            while (block.hasRemaining() && file.read(block) >= 0) {}
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

    /** Reads the map at the beginning of a file of a tar stream. */
    static SparseMap parse(Blocks blocks, long size) throws IOException {
        var numbers = new Numbers(blocks);
        long count = numbers.next();
        if (count > MOST_PARTS) {
            throw new IOException("a file says that it has " + count + " parts");
        }
        var parts = new ArrayList<Part>();
        long end = 0;
        for (long number = 0; number < count; number++) {
            var part = new Part(numbers.next(), numbers.next());
            if (part.offset() < end || part.length() > size - part.offset()) {
                throw new IOException("the archive is damaged");
            }
            end = part.end();
            if (part.length() > 0) {
                parts.add(part);
            }
        }
        return new SparseMap(parts, size);
    }

    /** The decimal numbers, one a line, that a map consists of. */
    private static final class Numbers {
        private static final int MOST_DIGITS = 15;

        private final Blocks blocks;
        private byte[] block = new byte[0];
        private int at;

        Numbers(Blocks blocks) {
            this.blocks = blocks;
        }

        long next() throws IOException {
            long number = 0;
            for (var digits = 0; digits <= MOST_DIGITS; digits++) {
                if (at == block.length) {
                    block = blocks.next();
                    at = 0;
                }
                var character = block[at++];
                if (character == '\n' && digits > 0) {
                    return number;
                }
                if (character < '0' || character > '9') {
                    break;
                }
                number = number * 10 + character - '0';
            }
            throw new IOException("the archive is damaged");
        }
    }

    /** Returns whether so many bytes, at most 64 KiB, are all zero. */
    static boolean isZero(byte[] data, int offset, int length) {
        return Arrays.equals(data, offset, offset + length, ZEROS, 0, length);
    }

    boolean hasHoles() {
        return stored() < size;
    }

    /** Returns how many bytes all parts have. */
    long stored() {
        return parts.stream().mapToLong(Part::length).sum();
    }

    /** Returns the map in whole blocks, as it comes before the bytes of the parts. */
    byte[] bytes() {
        var text = new StringBuilder();
        // A hole at the end is said by an empty part there.
        var ends = !parts.isEmpty() && parts.get(parts.size() - 1).end() == size;
        text.append(parts.size() + (ends ? 0 : 1)).append('\n');
        parts.forEach(part ->
                text.append(part.offset()).append('\n').append(part.length()).append('\n'));
        if (!ends) {
            text.append(size).append("\n0\n");
        }
        var bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(bytes, (bytes.length + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK);
    }
}

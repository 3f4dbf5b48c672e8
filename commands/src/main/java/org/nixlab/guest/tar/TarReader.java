package org.nixlab.guest.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads a tar stream as {@link TarWriter} and GNU tar ({@code --format=posix -S}) write it. Whoever wrote it is not trusted:
 * nothing it says makes the reader take more memory than some megabytes, or those who keep all names more than those may
 * have, or wait for anything but the stream. Used by one thread.
 */
public final class TarReader {
    private static final int LONGEST_HEADER = 1 << 20;

    private static final int LONGEST_END = 1 << 20;

    /** Of Linux, for a path (PATH_MAX). */
    private static final int LONGEST_NAME = 4096;

    /** More files than are copied with patience. What is known of each takes memory. */
    public static final int MOST_ENTRIES = 2_000_000;

    /** All names together. */
    private static final long MOST_NAMES = 256L << 20;

    /** The longest file of ext4. A guest's word costs nothing, and who believes it waits for days. */
    private static final long LONGEST_FILE = 1L << 44;

    private final InputStream stream;
    private final int mostEntries;
    private final long mostNames;
    private final byte[] skipped = new byte[1 << 16];
    private long left; // bytes of the current file
    private int padding; // bytes behind them
    private int entries;
    private long names; // bytes

    public TarReader(InputStream stream) {
        this(stream, MOST_ENTRIES, MOST_NAMES);
    }

    /** @param mostNames bytes of all names together */
    public TarReader(InputStream stream, int mostEntries, long mostNames) {
        this.stream = stream;
        this.mostEntries = mostEntries;
        this.mostNames = mostNames;
    }

    /** Returns the next file, or nothing at the end of the archive; what is unread of the one before is skipped. */
    public Optional<TarEntry> next() throws IOException {
        var pax = new PaxRecords();
        while (true) {
            skip();
            var header = new TarHeader(block());
            if (header.isEnd()) {
                return Optional.empty();
            }
            header.check();
            if (++entries > mostEntries) {
                throw new IOException("it has more than " + mostEntries + " files");
            }
            if (header.type() == 'x') {
                pax = PaxRecords.parse(content(header.size()));
            } else if (header.type() == 'g') {
                content(header.size());
            } else {
                return Optional.of(entry(header, pax));
            }
        }
    }

    /** Reads content of the current file; returns -1 at its end. */
    public int read(byte[] data, int most) throws IOException {
        if (left == 0) {
            return -1;
        }
        var count = stream.read(data, 0, (int) Math.min(most, left));
        if (count < 0) {
            throw cut();
        }
        left -= count;
        return count;
    }

    /** Reads what an archive's last record is filled up with, to the end of the stream. */
    public static void drain(InputStream stream) throws IOException {
        var buffer = new byte[1 << 16];
        long rest = LONGEST_END;
        for (var count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
            rest -= count;
            if (rest < 0) {
                throw new IOException("the archive goes on after its end");
            }
        }
    }

    private TarEntry entry(TarHeader header, PaxRecords pax) throws IOException {
        var kind = kind(header.type());
        long size = pax.number("size").isPresent() ? pax.number("size").get() : header.size();
        if (size > LONGEST_FILE) {
            throw tooLong(size);
        }
        begin(kind == TarEntry.Kind.FILE ? size : 0);
        var name = pax.text("path").orElseGet(header::name);
        var map = Optional.<SparseMap>empty();
        if (pax.text("GNU.sparse.major").isPresent()) {
            name = pax.text("GNU.sparse.name").orElse(name);
            map = Optional.of(sparse(kind, pax));
        }
        var target = kind == TarEntry.Kind.LINK ? pax.text("linkpath").orElseGet(header::target) : "/";
        check(name);
        check(target);
        names += name.length();
        if (names > mostNames) {
            throw new IOException("its names have more than " + mostNames + " bytes");
        }
        var modified = pax.time("mtime");
        return new TarEntry(
                kind,
                name,
                target,
                header.mode(),
                modified.isPresent() ? modified.get() : Instant.ofEpochSecond(header.seconds()),
                left,
                map);
    }

    private static void check(String name) throws IOException {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IOException("the archive is damaged");
        }
        if (name.length() > LONGEST_NAME) {
            throw new IOException("a name in it has more than " + LONGEST_NAME + " bytes");
        }
    }

    private SparseMap sparse(TarEntry.Kind kind, PaxRecords pax) throws IOException {
        var version = pax.text("GNU.sparse.major").orElse("") + "."
                + pax.text("GNU.sparse.minor").orElse("");
        long size = pax.number("GNU.sparse.realsize").orElse(-1L);
        if (kind != TarEntry.Kind.FILE || !version.equals("1.0") || size < 0) {
            throw new IOException("the archive is damaged");
        }
        if (size > LONGEST_FILE) {
            throw tooLong(size);
        }
        var map = SparseMap.parse(
                () -> {
                    left -= TarHeader.BLOCK;
                    if (left < 0) {
                        throw new IOException("the archive is damaged");
                    }
                    return block();
                },
                size);
        if (map.stored() != left) {
            throw new IOException("the archive is damaged");
        }
        return map;
    }

    private static TarEntry.Kind kind(char flag) throws IOException {
        for (var kind : TarEntry.Kind.values()) {
            if (kind.flag() == flag || kind == TarEntry.Kind.FILE && (flag == 0 || flag == '7')) {
                return kind;
            }
        }
        throw new IOException("the archive is damaged");
    }

    private byte[] content(long size) throws IOException {
        if (size > LONGEST_HEADER) {
            throw new IOException("the archive is damaged");
        }
        begin(size);
        var bytes = stream.readNBytes((int) size);
        left -= bytes.length;
        if (left > 0) {
            throw cut();
        }
        return bytes;
    }

    private byte[] block() throws IOException {
        var bytes = stream.readNBytes(TarHeader.BLOCK);
        if (bytes.length < TarHeader.BLOCK) {
            throw cut();
        }
        return bytes;
    }

    private void begin(long size) {
        left = size;
        padding = (int) (-size & TarHeader.BLOCK - 1);
    }

    private void skip() throws IOException {
        while (left > 0) {
            read(skipped, skipped.length);
        }
        if (stream.readNBytes(padding).length < padding) {
            throw cut();
        }
        padding = 0;
    }

    private static IOException tooLong(long size) {
        return new IOException("a file says that it has " + size + " bytes");
    }

    private static IOException cut() {
        return new EOFException("the archive ends too early");
    }
}

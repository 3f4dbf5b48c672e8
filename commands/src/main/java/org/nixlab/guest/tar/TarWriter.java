package org.nixlab.guest.tar;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a tar stream (POSIX pax, sparse files as GNU tar's format 1.0 has them) with names that may be any bytes: the
 * libraries for it take them for text. Used by one thread.
 */
public final class TarWriter extends OutputStream {
    /** Each write to a port costs an emulated machine an interrupt. */
    private static final int RECORD = 64 * 1024;

    private final OutputStream stream;
    private final byte[] record = new byte[RECORD];
    private int filled;
    private long open; // bytes that the current file still lacks

    /** @param stream is closed with this */
    public TarWriter(OutputStream stream) {
        this.stream = stream;
    }

    /** Begins an entry; as many bytes as it says are stored must be written next. */
    public void begin(TarEntry entry) throws IOException {
        var name = entry.kind() == TarEntry.Kind.DIRECTORY ? entry.name() + "/" : entry.name();
        var pax = new PaxRecords();
        if (entry.map().isPresent()) {
            pax.put("GNU.sparse.major", 1);
            pax.put("GNU.sparse.minor", 0);
            pax.put("GNU.sparse.name", name);
            pax.put("GNU.sparse.realsize", entry.size());
            // Programs that know nothing of this are to see at once that it is not the file.
            name = name.replaceFirst("[^/]*$", "GNUSparseFile.0/$0");
        }
        if (!TarHeader.fitsName(name)) {
            pax.put("path", name);
        }
        if (!TarHeader.fitsName(entry.target())) {
            pax.put("linkpath", entry.target());
        }
        var map = entry.map().map(SparseMap::bytes).orElse(new byte[0]);
        long size = entry.stored() + map.length;
        if (!TarHeader.fits(size)) {
            pax.put("size", size);
        }
        long seconds = entry.modified().getEpochSecond();
        if (!TarHeader.fits(seconds) || entry.modified().getNano() != 0) {
            pax.put("mtime", entry.modified());
        }
        if (!pax.isEmpty()) {
            var bytes = pax.bytes();
            add(TarHeader.make('x', "./PaxHeaders/x", "", 0644, bytes.length, 0));
            add(bytes);
            pad();
        }
        add(TarHeader.make(
                entry.kind().flag(),
                name,
                entry.target(),
                entry.mode(),
                TarHeader.fits(size) ? size : 0,
                TarHeader.fits(seconds) ? seconds : 0));
        add(map);
        open = entry.stored();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** Writes content of the entry that was begun. */
    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        if (length > open) {
            throw new IllegalStateException("a file has more content than was announced");
        }
        open -= length;
        add(data, offset, length);
        if (open == 0) {
            pad();
        }
    }

    /** Ends the stream. */
    @Override
    public void close() throws IOException {
        try (stream) {
            if (open > 0) {
                return;
            }
            add(new byte[2 * TarHeader.BLOCK]);
            if (filled > 0) {
                add(new byte[RECORD - filled]);
            }
        }
    }

    private void pad() throws IOException {
        add(new byte[(TarHeader.BLOCK - filled % TarHeader.BLOCK) % TarHeader.BLOCK]);
    }

    private void add(byte[] data) throws IOException {
        add(data, 0, data.length);
    }

    private void add(byte[] data, int offset, int length) throws IOException {
        for (var at = 0; at < length; ) {
            var count = Math.min(length - at, RECORD - filled);
            System.arraycopy(data, offset + at, record, filled, count);
            at += count;
            filled += count;
            if (filled == RECORD) {
                stream.write(record, 0, RECORD);
                filled = 0;
            }
        }
    }
}

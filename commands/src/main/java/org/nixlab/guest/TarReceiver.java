package org.nixlab.guest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a tar stream from a guest into an empty directory of the host. The guest is not trusted: no entry leaves the
 * directory, and links are made last, so that nothing is written through them.
 */
final class TarReceiver {
    private static final int BLOCK = 64 * 1024;

    private final Path directory;
    private final CopyChecksum checksum;
    private final CopyListener listener;
    private final List<String> sums = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final Map<Path, Step> links = new HashMap<>();
    private final Deque<Step> directories = new ArrayDeque<>(); // the innermost first
    private long total;
    private long bytes;

    /** What must wait until all files are there. */
    private interface Step {
        void run() throws IOException;
    }

    /** @param total how many bytes will come, or -1 */
    TarReceiver(Path directory, CopyChecksum checksum, CopyListener listener, long total) {
        this.directory = directory.toAbsolutePath().normalize();
        this.checksum = checksum;
        this.listener = listener;
        this.total = total;
    }

    CopyResult receive(InputStream stream) throws IOException {
        var tar = new TarArchiveInputStream(new FullReads(stream), BLOCK, StandardCharsets.UTF_8.name());
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            unpack(entry, tar);
        }
        // The deepest first: what is to be made below another link finds nothing there.
        var deepestFirst = Comparator.comparing(Path::getNameCount).reversed();
        for (var link : links.keySet().stream().sorted(deepestFirst).toList()) {
            links.get(link).run();
        }
        for (var directory : directories) {
            directory.run();
        }
        return new CopyResult(sums.size(), bytes, skipped);
    }

    /** Returns the sorted checksums of the files that came. */
    List<String> sums() {
        Collections.sort(sums);
        return sums;
    }

    /** The parts of sparse files come out wrong if a read returns less than there will be (commons-compress 1.28). */
    private static final class FullReads extends FilterInputStream {
        FullReads(InputStream stream) {
            super(stream);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.readNBytes(buffer, offset, length);
            return count == 0 && length > 0 ? -1 : count;
        }
    }

    private void unpack(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        var path = directory.resolve(entry.getName()).normalize();
        if (!path.startsWith(directory) || path.equals(directory)) {
            throw new IOException("the machine sent a file outside of what was asked for: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectory(path);
            directories.push(() -> finish(path, entry));
        } else if (entry.isSymbolicLink()) {
            links.put(path, () -> {
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                setTime(path, entry);
            });
        } else if (entry.isFile()) {
            total = total < 0 && path.getParent().equals(directory) ? entry.getRealSize() : total;
            unpackFile(path, entry.isSparse(), tar);
            finish(path, entry);
        } else {
            skipped.add(entry.getName());
        }
    }

    private void unpackFile(Path path, boolean sparse, TarArchiveInputStream tar) throws IOException {
        var sum = checksum.start();
        var buffer = new byte[BLOCK];
        try (var file = Files.newByteChannel(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = 0;
            boolean holeAtEnd = false;
            for (var count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                holeAtEnd = sparse && SparseMap.isZero(buffer, 0, count);
                if (!holeAtEnd) {
                    writeAll(file, size, buffer, count);
                }
                sum.update(buffer, count);
                size += count;
                bytes += count;
                listener.copied(bytes, total);
            }
            if (holeAtEnd) {
                writeAll(file, size - 1, new byte[1], 1);
            }
        }
        sums.add(sum.line());
    }

    private static void writeAll(SeekableByteChannel file, long position, byte[] data, int count) throws IOException {
        file.position(position);
        for (var bytes = ByteBuffer.wrap(data, 0, count); bytes.hasRemaining(); ) {
            file.write(bytes);
        }
    }

    private static void finish(Path path, TarArchiveEntry entry) throws IOException {
        Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        setTime(path, entry);
    }

    private static void setTime(Path path, TarArchiveEntry entry) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(entry.getLastModifiedTime().toInstant()), null, null);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (var permission : PosixFilePermission.values()) {
            if ((mode & 0400 >> permission.ordinal()) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }
}

package org.nixlab.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a file or directory of the host as a tar stream: the tree under the name {@code data}, then a file
 * {@code sums} with the sorted checksums of all its files.
 */
final class TarSender {
    static final String DATA = "data";
    static final String SUMS = "sums";

    private static final int BLOCK = 64 * 1024;

    private final LongConsumer progress;
    private final List<String> sums = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private long bytes;

    /** @param progress is told how many bytes of files have been sent */
    TarSender(LongConsumer progress) {
        this.progress = progress;
    }

    CopyResult send(Path source, OutputStream stream) throws IOException {
        try (var tar = new TarArchiveOutputStream(stream, BLOCK, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            Files.walkFileTree(source, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                    tar.putArchiveEntry(entry(path, attributes, name(source, path) + "/"));
                    tar.closeArchiveEntry();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    sendFile(source, path, attributes, tar);
                    return FileVisitResult.CONTINUE;
                }
            });
            sendSums(tar);
        }
        return new CopyResult(sums.size(), bytes, skipped);
    }

    private void sendFile(Path source, Path path, BasicFileAttributes attributes, TarArchiveOutputStream tar)
            throws IOException {
        if (attributes.isSymbolicLink()) {
            var link = new TarArchiveEntry(name(source, path), TarConstants.LF_SYMLINK);
            link.setLinkName(Files.readSymbolicLink(path).toString());
            link.setModTime(attributes.lastModifiedTime());
            tar.putArchiveEntry(link);
        } else if (attributes.isRegularFile()) {
            var entry = entry(path, attributes, name(source, path));
            entry.setSize(attributes.size());
            tar.putArchiveEntry(entry);
            sendContent(path, attributes.size(), tar);
        } else {
            skipped.add(path.toString());
            return;
        }
        tar.closeArchiveEntry();
    }

    // A file that grows meanwhile is cut at the size that was announced.
    private void sendContent(Path path, long size, TarArchiveOutputStream tar) throws IOException {
        var sum = new PosixChecksum();
        var buffer = new byte[BLOCK];
        try (var stream = Files.newInputStream(path)) {
            for (var rest = size; rest > 0; ) {
                var count = stream.read(buffer, 0, (int) Math.min(buffer.length, rest));
                if (count < 0) {
                    throw new IOException(path + " became shorter while it was copied");
                }
                tar.write(buffer, 0, count);
                sum.update(buffer, count);
                rest -= count;
                bytes += count;
                progress.accept(bytes);
            }
        }
        sums.add(sum.line());
    }

    private void sendSums(TarArchiveOutputStream tar) throws IOException {
        Collections.sort(sums);
        var text = new StringBuilder();
        sums.forEach(line -> text.append(line).append('\n'));
        var content = text.toString().getBytes(StandardCharsets.US_ASCII);
        var entry = new TarArchiveEntry(SUMS);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry entry(Path path, BasicFileAttributes attributes, String name) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setModTime(attributes.lastModifiedTime());
        entry.setMode((attributes.isDirectory() ? 0040000 : 0100000) | mode(path));
        return entry;
    }

    private static String name(Path source, Path path) {
        return path.equals(source) ? DATA : DATA + "/" + source.relativize(path);
    }

    private static int mode(Path path) throws IOException {
        // The order of the constants is that of the bits, from OWNER_READ down.
        var mode = 0;
        for (var permission : Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)) {
            mode |= 0400 >> permission.ordinal();
        }
        return mode;
    }
}

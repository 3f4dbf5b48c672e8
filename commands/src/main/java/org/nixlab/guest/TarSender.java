package org.nixlab.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
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
 * Writes a file or directory of the host as a tar stream, under another name. If the path has no other way for them, a file
 * of that name with {@code .sums} follows: the sorted checksums of all its files.
 */
final class TarSender {
    private static final int BLOCK = 64 * 1024;

    private final String name;
    private final CopyPath path;
    private final LongConsumer progress;
    private final List<String> sums = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private long bytes;

    /** @param progress is told how many bytes of files have been sent */
    TarSender(String name, CopyPath path, LongConsumer progress) {
        this.name = name;
        this.path = path;
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
            if (path.takesInput()) {
                sendSums(tar);
            }
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
            sendContent(path, attributes.size(), entry(path, attributes, name(source, path)), tar);
        } else {
            skipped.add(path.toString());
            return;
        }
        tar.closeArchiveEntry();
    }

    // A file that grows meanwhile is cut at the size that was announced.
    private void sendContent(Path path, long size, TarArchiveEntry entry, TarArchiveOutputStream tar)
            throws IOException {
        var sum = this.path.checksum().start();
        try (var file = Files.newByteChannel(path)) {
            var map = SparseMap.of(file, size);
            if (map.hasHoles()) {
                tar.putArchiveEntry(map.entry(entry));
                map.writeMap(tar);
            } else {
                entry.setSize(size);
                tar.putArchiveEntry(entry);
            }
            long at = 0;
            for (var part : map.parts()) {
                sumZeros(sum, part.offset() - at);
                file.position(part.offset());
                sendPart(path, file, part.length(), sum, tar);
                at = part.offset() + part.length();
            }
            sumZeros(sum, size - at);
        }
        sums.add(sum.line());
    }

    private void sumZeros(FileChecksum sum, long count) {
        var zeros = new byte[(int) Math.min(count, BLOCK)];
        for (long rest = count; rest > 0; rest -= zeros.length) {
            sum.update(zeros, (int) Math.min(rest, zeros.length));
        }
        bytes += count;
        progress.accept(bytes);
    }

    private void sendPart(
            Path path, ReadableByteChannel file, long length, FileChecksum sum, TarArchiveOutputStream tar)
            throws IOException {
        var buffer = ByteBuffer.allocate(BLOCK);
        for (long rest = length; rest > 0; rest -= buffer.position()) {
            buffer.clear().limit((int) Math.min(BLOCK, rest));
            if (file.read(buffer) < 0) {
                throw new IOException(path + " became shorter while it was copied");
            }
            tar.write(buffer.array(), 0, buffer.position());
            sum.update(buffer.array(), buffer.position());
            bytes += buffer.position();
            progress.accept(bytes);
        }
    }

    /** Returns the checksums of the files, sorted. */
    List<String> sums() {
        Collections.sort(sums);
        return List.copyOf(sums);
    }

    private void sendSums(TarArchiveOutputStream tar) throws IOException {
        var text = new StringBuilder();
        sums().forEach(line -> text.append(line).append('\n'));
        var content = text.toString().getBytes(StandardCharsets.US_ASCII);
        var entry = new TarArchiveEntry(name + ".sums");
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

    private String name(Path source, Path path) {
        return path.equals(source) ? name : name + "/" + source.relativize(path);
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

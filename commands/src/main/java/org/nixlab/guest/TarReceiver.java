package org.nixlab.guest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a tar stream from a guest into an empty directory of the host. The guest is not trusted: no entry leaves the
 * directory, and links are made last, so that nothing is written through them.
 */
final class TarReceiver {
    private static final int BLOCK = 64 * 1024;

    private final Path directory;
    private final LongConsumer progress;
    private final List<String> sums = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<Step> links = new ArrayList<>();
    private final Deque<Step> directories = new ArrayDeque<>(); // the innermost first
    private long bytes;

    /** What must wait until all files are there. */
    private interface Step {
        void run() throws IOException;
    }

    TarReceiver(Path directory, LongConsumer progress) {
        this.directory = directory;
        this.progress = progress;
    }

    CopyResult receive(InputStream stream) throws IOException {
        var tar = new TarArchiveInputStream(stream, BLOCK, StandardCharsets.UTF_8.name());
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            unpack(entry, tar);
        }
        for (var link : links) {
            link.run();
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

    private void unpack(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        var path = directory.resolve(entry.getName()).normalize();
        if (!path.startsWith(directory) || path.equals(directory)) {
            throw new IOException("the machine sent a file outside of what was asked for: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectory(path);
            directories.push(() -> finish(path, entry));
        } else if (entry.isSymbolicLink()) {
            links.add(() -> Files.createSymbolicLink(path, Path.of(entry.getLinkName())));
        } else if (entry.isFile()) {
            unpackFile(path, tar);
            finish(path, entry);
        } else {
            skipped.add(entry.getName());
        }
    }

    private void unpackFile(Path path, TarArchiveInputStream tar) throws IOException {
        var sum = new PosixChecksum();
        var buffer = new byte[BLOCK];
        try (var file = Files.newOutputStream(path)) {
            for (var count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                file.write(buffer, 0, count);
                sum.update(buffer, count);
                bytes += count;
                progress.accept(bytes);
            }
        }
        sums.add(sum.line());
    }

    private static void finish(Path path, TarArchiveEntry entry) throws IOException {
        Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        Files.setLastModifiedTime(
                path, FileTime.from(entry.getLastModifiedTime().toInstant()));
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

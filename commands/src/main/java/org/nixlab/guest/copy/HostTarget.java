package org.nixlab.guest.copy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Puts a tree of files in its place on the host. A directory that is there is added to and stays as it is; a file that is
 * there keeps its owner and mode, as with {@code cp}. Links are replaced, never gone through: an earlier copy may have
 * brought them.
 */
final class HostTarget {
    private HostTarget() {}

    static void put(Path from, Path to) throws IOException {
        check(from, to);
        merge(from, to);
    }

    // Before anything is moved, so that what cannot be placed leaves all as it was.
    private static void check(Path from, Path to) throws IOException {
        if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(to)) {
            return;
        }
        var directory = isDirectory(from);
        if (directory != isDirectory(to)) {
            throw new IOException(
                    directory ? to + " is there and is no directory" : to + " is there and is a directory");
        }
        if (directory) {
            try (var children = children(from)) {
                for (var child : children) {
                    check(child, to.resolve(child.getFileName()));
                }
            }
        }
    }

    private static void merge(Path from, Path to) throws IOException {
        if (!isDirectory(from) || !isDirectory(to)) {
            move(from, to);
            return;
        }
        try (var children = children(from)) {
            for (var child : children) {
                merge(child, to.resolve(child.getFileName()));
            }
        }
    }

    // What nobody may read or write to can be emptied all the same; its mode counts no more, since that of its target
    // stays.
    private static DirectoryStream<Path> children(Path from) throws IOException {
        Files.setPosixFilePermissions(from, PosixFilePermissions.fromString("rwx------"));
        return Files.newDirectoryStream(from);
    }

    private static void move(Path from, Path to) throws IOException {
        if (isDirectory(from)) {
            // A directory that nobody may write to cannot be moved either.
            var mode = Files.getAttribute(from, "unix:mode");
            Files.setPosixFilePermissions(from, PosixFilePermissions.fromString("rwx------"));
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            Files.setAttribute(to, "unix:mode", (int) mode & 07777);
        } else {
            if (isFile(from) && isFile(to)) {
                adopt(from, to);
            }
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void adopt(Path from, Path to) throws IOException {
        for (var owner : new String[] {"unix:gid", "unix:uid"}) {
            var kept = Files.getAttribute(to, owner);
            if (!kept.equals(Files.getAttribute(from, owner))) {
                try {
                    Files.setAttribute(from, owner, kept);
                } catch (IOException e) {
                    // Only root gives files away; a user may write over those of others in directories of groups.
                }
            }
        }
        // Without setuid: what a guest holds is not to be trusted here.
        Files.setPosixFilePermissions(from, Files.getPosixFilePermissions(to));
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }
}

package org.nixlab.guest.copy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import org.nixlab.base.LabException;

/**
 * Where a copy arrives on the host: a hidden directory beside its target, in which one tree is made. It is gone when this is
 * closed; a process that dies before leaves it, and the lock in it free, and the next copy to that place deletes it.
 */
final class HostStage implements AutoCloseable {
    static final String PREFIX = ".nixlab-copy-";

    private static final int PERMISSIONS = 0777;

    private final Path directory;
    private final Optional<FileChannel> lock;
    private final int umask;

    private HostStage(Path directory, Optional<FileChannel> lock, int umask) {
        this.directory = directory;
        this.lock = lock;
        this.umask = umask;
    }

    /** @param target a directory, or what need not be there in one that is */
    static HostStage beside(Path target) {
        var parent =
                Files.isDirectory(target) ? target : target.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw LabException.input("there is no directory " + parent, "", "make it first");
        }
        try {
            var directory = Files.createTempDirectory(parent, ownPrefix());
            try {
                deleteDead(parent, directory);
                return in(directory, lock(directory));
            } catch (IOException e) {
                delete(directory);
                throw e;
            }
        } catch (IOException e) {
            throw LabException.input(
                    "nothing can be written to " + parent + ": " + e.getMessage(), "", "choose another target");
        }
    }

    private static HostStage in(Path directory, Optional<FileChannel> lock) throws IOException {
        try {
            // The kernel knows the umask, Java does not; a default ACL of the directory takes its place.
            var mode = (int) Files.getAttribute(Files.createDirectory(directory.resolve("tree")), "unix:mode");
            Files.setAttribute(directory.resolve("tree"), "unix:mode", 0700);
            return new HostStage(directory, lock, ~mode & PERMISSIONS);
        } catch (IOException e) {
            lock.ifPresent(HostStage::release);
            throw e;
        }
    }

    /** Returns the directory that the tree is made in. */
    Path tree() {
        return directory.resolve("tree");
    }

    /** Returns the bits that files of this process do not get here. */
    int umask() {
        return umask;
    }

    @Override
    public void close() {
        delete(directory);
        lock.ifPresent(HostStage::release);
    }

    private static String ownPrefix() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    private static Path lockFile(Path directory) {
        return directory.resolve("lock");
    }

    // It is locked before others know it by its name.
    private static Optional<FileChannel> lock(Path directory) throws IOException {
        var made = directory.resolve("new");
        var channel = FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                Files.move(made, lockFile(directory));
                return Optional.of(channel);
            }
        } catch (IOException e) {
            log(directory, e);
        }
        // On a file system without locks nobody finds out that the owner is dead.
        channel.close();
        return Optional.empty();
    }

    // Those of other users are left alone: who else can write to a tree can lead whoever deletes it elsewhere.
    // To open a lock file of this process and to close it again would free the lock, so those are known by their names.
    private static void deleteDead(Path parent, Path own) {
        try (var stages = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (var stage : stages) {
                if (!stage.getFileName().toString().startsWith(ownPrefix())
                        && Files.isDirectory(stage, LinkOption.NOFOLLOW_LINKS)
                        && owner(stage).equals(owner(own))
                        && Files.isRegularFile(lockFile(stage), LinkOption.NOFOLLOW_LINKS)) {
                    deleteIfDead(stage);
                }
            }
        } catch (IOException e) {
            log(parent, e);
        }
    }

    private static Object owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static void deleteIfDead(Path stage) {
        try (var channel = FileChannel.open(lockFile(stage), StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                delete(stage);
            }
        } catch (IOException e) {
            log(stage, e);
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            log(Path.of("lock"), e);
        }
    }

    // What cannot be deleted must not hide why the copy failed.
    private static void delete(Path tree) {
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
                    return FileVisitResult.CONTINUE;
                }

                // A directory is opened before it is visited.
                @Override
                public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
                    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || Files.isReadable(path)) {
                        throw failure;
                    }
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
                    delete(path);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    Files.delete(path);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path path, IOException failure) throws IOException {
                    Files.delete(path);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            log(tree, e);
        }
    }

    private static void log(Path path, IOException failure) {
        System.getLogger(HostStage.class.getName()).log(System.Logger.Level.DEBUG, "left " + path, failure);
    }
}

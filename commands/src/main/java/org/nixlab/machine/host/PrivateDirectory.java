package org.nixlab.machine.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

import org.nixlab.base.LabException;

/** Directories in a place where others may write too: nobody but their owner can enter them. */
public final class PrivateDirectory {
    private static final int MOST_ATTEMPTS = 10;

    private static final String MODE = "rwx------";

    private PrivateDirectory() {}

    /**
     * Makes a directory that only the user can enter, or checks that it is one.
     *
     * @throws LabException (host) if something else stands there: another user's directory, an open one, a link
     */
    public static void make(Path directory) {
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
        } catch (FileAlreadyExistsException e) {
            check(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Goes on if there is no such directory, or it is one that only the user can enter.
     *
     * @throws LabException (host) if something else stands there
     */
    public static void checkIfThere(Path directory) {
        try {
            if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                check(directory);
            }
        } catch (LabException | UncheckedIOException e) {
            // Whoever needs it no longer may have removed it meanwhile.
            if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    private static void check(Path directory) {
        try {
            boolean sound = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                            .equals(ownUid())
                    && PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS))
                            .equals(MODE);
            if (!sound) {
                throw LabException.host(
                        directory + " is not a private directory of yours",
                        directory.toString(),
                        "remove it, or have its owner remove it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of the user nixlab runs as. */
    public static int ownUid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void empty(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(directory)) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    /** Removes a directory with everything in it; does nothing if there is none. */
    public static void delete(Path directory) throws IOException {
        for (int attempt = 1; Files.exists(directory, LinkOption.NOFOLLOW_LINKS); attempt++) {
            try {
                empty(directory);
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException e) {
                // Whoever just looks at a machine may leave the file of a lock meanwhile.
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}

package org.nixlab.image.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The directory in which a build unpacks root directories, in a place where others may write too. Nobody can know its name
 * beforehand, and nobody else can move what is in it; a file says where it is, so that the next builder finds what a
 * killed one left.
 */
final class WorkRoots {
    private static final String PREFIX = "nixlab-";
    private static final int ROOTS_OWN = 0755;
    /** The subordinate users must write there; of others' things nobody may take one away. */
    private static final int ANYBODYS = 01777;

    private WorkRoots() {}

    /**
     * Makes one.
     *
     * @param place the directory to make it in
     * @param record the file that will say where it is
     */
    static Path make(Path place, Path record) throws IOException {
        var directory = place.toAbsolutePath().resolve(PREFIX + UUID.randomUUID());
        Files.writeString(record, directory.toString());
        Files.createDirectory(directory);
        Files.setAttribute(directory, "unix:mode", isRoot() ? ROOTS_OWN : ANYBODYS);
        return directory;
    }

    /** Deletes the one that a file tells of, and the file; does nothing if there is none. */
    static void delete(Path record) {
        find(record).ifPresent(SubordinateFiles::delete);
        FileTrees.delete(record);
    }

    /** Where somebody tidied up, another user may have made a directory of that name by now. */
    private static Optional<Path> find(Path record) {
        try {
            return Optional.of(Path.of(Files.readString(record)))
                    .filter(path ->
                            path.isAbsolute() && path.getFileName().toString().startsWith(PREFIX))
                    .filter(WorkRoots::isOwnDirectory);
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isOwnDirectory(Path path) {
        try {
            return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                    && Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                            .equals(ownUid());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isRoot() throws IOException {
        return ownUid().equals(0);
    }

    private static Object ownUid() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }
}

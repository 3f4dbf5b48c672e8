package org.nixlab.lab.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.machine.host.PrivateDirectory;

/**
 * The directory {@code .nixlab} with the states of all labs of one home.
 *
 * @param home the directory they live in
 */
record StateRoot(Path home) {
    Path path() {
        return home.resolve(".nixlab");
    }

    /** Returns whether it is there, and the user's own. */
    boolean isOwn() {
        try {
            int uid = PrivateDirectory.ownUid();
            return Files.isDirectory(path())
                    && Files.getAttribute(path(), "unix:uid", LinkOption.NOFOLLOW_LINKS)
                            .equals(uid)
                    && Files.getAttribute(path(), "unix:uid").equals(uid);
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the states of its labs, and what else is there. */
    List<Path> entries() {
        try (var entries = Files.list(path())) {
            return entries.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a directory in it, and it.
     *
     * @throws LabException (host) if that cannot be; it says why
     */
    void make(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (AccessDeniedException e) {
            throw LabException.host(
                    "the lab's directory cannot be written", home.toString(), "copy the network file to one of yours");
        } catch (FileSystemException e) {
            throw new LabException(
                    ExitCode.HOST_FAILED,
                    "the lab's directory cannot be made: " + e.getReason(),
                    directory.toString(),
                    "",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps git out of it; it is there. */
    void hideFromGit() throws IOException {
        Files.writeString(gitignore(), "*\n");
    }

    /**
     * Removes it if there is nothing but a lease in it.
     *
     * @param lease the file of one that the caller holds
     */
    void deleteIfUnused(Path lease) throws IOException {
        if (!entries().stream().allMatch(entry -> entry.equals(lease) || entry.equals(gitignore()))) {
            return;
        }
        var directory = path().toRealPath();
        Files.deleteIfExists(gitignore());
        Files.deleteIfExists(lease);
        try {
            Files.deleteIfExists(directory);
            // It was a link, then.
            Files.deleteIfExists(path());
        } catch (DirectoryNotEmptyException e) {
            // Somebody has just begun to use it.
            hideFromGit();
        }
    }

    private Path gitignore() {
        return path().resolve(".gitignore");
    }
}

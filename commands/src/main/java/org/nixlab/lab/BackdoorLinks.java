package org.nixlab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import org.nixlab.base.LabException;

import static java.util.Objects.requireNonNull;

/** The {@code MACHINE.socket} links that {@code --use-backdoor} leaves in the working directory. */
final class BackdoorLinks {
    private final Path directory;

    BackdoorLinks(Path directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    /** Leaves a link to a machine's backdoor; one from an earlier run is replaced, anything else is kept. */
    void leave(String machine, Path backdoor) {
        var link = link(machine);
        try {
            if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
                throw LabException.input(
                        link.getFileName() + " is in the way of the backdoor's link", link.toString(), "move it away");
            }
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, backdoor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the link to a machine's backdoor if it is still that. */
    void remove(String machine, Path backdoor) {
        var link = link(machine);
        try {
            if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(backdoor)) {
                Files.delete(link);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path link(String machine) {
        return directory.resolve(machine + ".socket");
    }
}

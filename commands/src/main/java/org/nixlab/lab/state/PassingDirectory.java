package org.nixlab.lab.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.nixlab.machine.host.PrivateDirectory;

/**
 * A directory for what has its place in a lab where there is none; it is gone when this is closed.
 *
 * @param path only its owner can enter it
 */
public record PassingDirectory(Path path) implements AutoCloseable {
    public static PassingDirectory make() {
        try {
            return new PassingDirectory(Files.createTempDirectory("nixlab-check-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            PrivateDirectory.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

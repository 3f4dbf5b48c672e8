package org.nixlab.lab.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/** Moves files out of the way that cannot be read, as a full disk or a power loss leave them. */
final class SetAside {
    private SetAside() {}

    /**
     * Renames a file, in the place of one that was set aside before.
     *
     * @param news is told so
     */
    static void file(Path file, Consumer<String> news) {
        var aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            news.accept(file + " could not be read; it is " + aside.getFileName() + " now");
        } catch (NoSuchFileException e) {
            // Another shell was quicker.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

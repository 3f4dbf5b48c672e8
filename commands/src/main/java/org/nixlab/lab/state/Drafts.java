package org.nixlab.lab.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that other shells read, and write, at any time: whole or not at all. */
public final class Drafts {
    private Drafts() {}

    public static void write(Path file, String text) throws IOException {
        // Each has a draft of its own: what another shell is just writing is not moved into place half.
        var draft = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
        try {
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}

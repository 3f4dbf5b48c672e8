package org.nixlab.guest.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Somebody whom modes of files keep away; root is not, unless it gave up {@code CAP_DAC_OVERRIDE} (capabilities(7)). */
final class OrdinaryUser {
    private OrdinaryUser() {}

    /** Skips the test where modes keep nobody away. */
    static void assume(Path directory) throws IOException {
        var probe = Files.createDirectory(directory.resolve("probe"));
        Files.setAttribute(probe, "unix:mode", 0);
        boolean everything = Files.isReadable(probe);
        Files.delete(probe);
        assumeFalse(everything, "modes keep root away from nothing");
    }
}

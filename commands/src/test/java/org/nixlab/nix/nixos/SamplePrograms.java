package org.nixlab.nix.nixos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The programs that serve a machine's channels, as they are in the sources. */
public final class SamplePrograms {
    private static final List<String> NAMES = List.of(
            "slot", "streams", "worker", "backdoor", "60-nixlab-ports.rules", "nixlab.slice", "nixlab-slot@.service");

    private SamplePrograms() {}

    public static SortedMap<String, byte[]> all() {
        var programs = new TreeMap<String, byte[]>();
        try {
            for (var name : NAMES) {
                programs.put(name, Files.readAllBytes(Path.of("src/main/resources/org/nixlab/guest", name)));
            }
            return programs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

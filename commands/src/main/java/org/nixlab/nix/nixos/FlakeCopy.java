package org.nixlab.nix.nixos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.nixlab.nix.plan.Json;

/** Copies of flakes which Nix would have to write a {@code flake.lock} to, with that file. */
final class FlakeCopy {
    private static final String LOCK = "flake.lock";

    private FlakeCopy() {}

    /**
     * Returns the URL of a copy, or empty if the flake has the locks that it needs.
     *
     * @param metadata what Nix tells of the flake
     * @param place an existing directory for the copy
     */
    static Optional<String> ifUnlocked(JsonNode metadata, Path place) {
        var source = Path.of(metadata.path("path").asText());
        var inside = metadata.path("resolved").path("dir").asText();
        var locks = metadata.path("locks");
        try {
            var lock = source.resolve(inside).resolve(LOCK);
            if (Files.exists(lock) && Json.tree(Files.readAllBytes(lock)).equals(locks)) {
                return Optional.empty();
            }
            var copy = place.resolve("source");
            copy(source, copy);
            var copied = copy.resolve(inside).resolve(LOCK);
            Files.deleteIfExists(copied);
            Files.writeString(copied, locks.toString());
            return Optional.of("path:" + copy + (inside.isEmpty() ? "" : "?dir=" + inside));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }
}

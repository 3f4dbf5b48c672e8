package org.nixlab.image.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Remembers for whom entries of the cache are kept: one small file per owner, whose first line is a path and whose other
 * lines are ids. They are kept for as long as something is at the path.
 */
record CacheOwners(Path directory) {
    void keep(Path owner, List<String> ids) {
        var path = owner.toAbsolutePath().normalize().toString();
        var file = directory.resolve(new Hash().add(path).toString());
        try {
            Files.createDirectories(directory);
            var fresh = Files.createTempFile(directory, "owner", ".new");
            Files.writeString(fresh, path + "\n" + String.join("\n", ids) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw BuildFailure.of("the image cache", e);
        }
    }

    /** Returns the ids that are kept now; forgets owners that are gone. */
    Set<String> kept() {
        var kept = new HashSet<String>();
        if (!Files.isDirectory(directory)) {
            return kept;
        }
        try (var files = Files.list(directory)) {
            for (var file : files.filter(f -> !f.toString().endsWith(".new")).toList()) {
                var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                if (!lines.isEmpty() && isThere(lines.get(0))) {
                    kept.addAll(lines.subList(1, lines.size()));
                } else {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kept;
    }

    private static boolean isThere(String path) {
        try {
            return Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            // The file is damaged.
            return false;
        }
    }
}

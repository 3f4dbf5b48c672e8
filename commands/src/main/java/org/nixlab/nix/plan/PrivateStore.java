package org.nixlab.nix.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Nix store below nixlab's cache that evaluations write to. Nix calls its paths {@code /nix/store/...}; on the host
 * they lie below {@link #root}. What {@link #keep} names survives {@code nix-store --gc}.
 */
public final class PrivateStore {
    private static final String PREFIX = "/nix/store/";
    private static final int HASH_LENGTH = 32;

    private final Path root;

    public PrivateStore(Path root) {
        this.root = root.toAbsolutePath();
    }

    public Path root() {
        return root;
    }

    /** Returns where {@code /nix/store/...} lies on the host. */
    Path onHost(String storePath) {
        return root.resolve(storePath.substring(1));
    }

    /** Returns the paths {@code /nix/store/HASH-NAME} of everything in the store, by hash. */
    Map<String, String> entries() {
        var entries = new TreeMap<String, String>();
        var directory = onHost(PREFIX);
        if (!Files.isDirectory(directory)) {
            return entries;
        }
        try (var list = Files.newDirectoryStream(directory)) {
            for (var entry : list) {
                var name = entry.getFileName().toString();
                if (name.length() > HASH_LENGTH && name.charAt(HASH_LENGTH) == '-') {
                    entries.put(name.substring(0, HASH_LENGTH), PREFIX + name);
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Protects these paths under a name, and no longer those that were protected under it before. Others may do the same at
     * once.
     */
    public void keep(String name, Collection<String> storePaths) throws IOException {
        var directory = roots().resolve(name);
        Files.createDirectories(directory);
        var kept = new HashSet<Path>();
        for (var path : storePaths) {
            // An empty file that is called like a store path is a root as well as a link is.
            var root = directory.resolve(path.substring(PREFIX.length()));
            Files.write(root, new byte[0]);
            kept.add(root);
        }
        try (var list = Files.newDirectoryStream(directory)) {
            for (var root : list) {
                if (!kept.contains(root)) {
                    Files.deleteIfExists(root);
                }
            }
        }
    }

    /** Ends the protection under all other names. */
    public void keepOnly(Collection<String> names) throws IOException {
        if (!Files.isDirectory(roots())) {
            return;
        }
        try (var list = Files.newDirectoryStream(roots())) {
            for (var directory : list) {
                if (!names.contains(directory.getFileName().toString())) {
                    Trees.delete(directory);
                }
            }
        }
    }

    private Path roots() {
        return root.resolve("nix/var/nix/gcroots/nixlab");
    }
}

package org.nixlab.nix.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.model.StoreItem;

/** A store file that says what is to stand in its place in the guest: the line {@code nixlab-recipe}, then JSON. */
record Recipe(
        String kind,
        String name,
        String text,
        List<String> packages,
        List<String> bin,
        Map<String, String> links,
        List<String> paths,
        Map<String, String> environment) {
    private static final byte[] MARK = "nixlab-recipe\n".getBytes(StandardCharsets.US_ASCII);

    /** Returns the item a store file describes, or empty if it is no recipe. */
    static Optional<StoreItem> read(String path, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(MARK.length), MARK)) {
                return Optional.empty();
            }
            return Optional.of(Json.read(in.readAllBytes(), Recipe.class).item(path));
        }
    }

    private StoreItem item(String path) {
        return switch (kind) {
            case "package" -> new StoreItem.PackagePrefix(path, packages, bin == null ? List.of() : bin);
            case "script" -> new StoreItem.Script(path, text);
            case "bin" -> new StoreItem.ScriptPackage(path, name, text);
            case "links" -> new StoreItem.Links(path, links);
            case "join" -> new StoreItem.Join(path, paths);
            case "run" -> new StoreItem.Built(path, text, environment, packages, List.of());
            default -> throw new IllegalStateException("unknown kind of recipe: " + kind);
        };
    }
}

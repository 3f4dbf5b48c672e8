package org.nixlab.image.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;

import static java.util.Objects.requireNonNull;

/** An entry of the cache: a directory that never changes. */
public record Layer(Path directory) {
    static final String INFO = "entry.json";
    /** The file system image of a layer. */
    public static final String IMAGE = "layer.squashfs";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What is written down about an entry.
     *
     * @param sizes in bytes, of the files right in its directory; null where an earlier nixlab wrote it
     */
    private record Info(String kind, String description, List<String> references, Map<String, Long> sizes) {
        private Info {
            requireNonNull(kind, "kind");
            requireNonNull(description, "description");
            references = List.copyOf(references);
        }
    }

    static void write(Path directory, LayerRecipe recipe) throws IOException {
        var info = new Info(recipe.kind(), recipe.description(), recipe.references(), sizes(directory));
        Files.write(
                directory.resolve(INFO), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(info));
    }

    /** Returns whether the entry is as it was made; a host that lost its power may have left files empty. */
    boolean isWhole() {
        try {
            var info = info();
            return info.sizes() == null
                    || sizes(directory).entrySet().containsAll(info.sizes().entrySet());
        } catch (IOException e) {
            return false;
        }
    }

    private static Map<String, Long> sizes(Path directory) throws IOException {
        var sizes = new TreeMap<String, Long>();
        try (var files = Files.list(directory)) {
            for (var file : files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                sizes.put(file.getFileName().toString(), Files.size(file));
            }
        }
        sizes.remove(INFO);
        return sizes;
    }

    public String id() {
        return directory.getFileName().toString();
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    public Path image() {
        return file(IMAGE);
    }

    List<String> references() {
        try {
            return info().references();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes that this entry is used now. */
    Layer touch() {
        try {
            Files.setLastModifiedTime(file(INFO), FileTime.from(Instant.now()));
        } catch (IOException e) {
            // A cache of another user that can only be read still serves.
        }
        return this;
    }

    CacheEntry describe(boolean inUse) {
        try {
            var info = info();
            var used = Files.getLastModifiedTime(file(INFO)).toInstant();
            return new CacheEntry(id(), info.kind(), info.description(), FileTrees.size(directory), used, inUse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Info info() throws IOException {
        var info = JSON.readValue(Files.readAllBytes(file(INFO)), Info.class);
        if (info == null) {
            throw new IOException(file(INFO) + " is damaged");
        }
        return info;
    }
}

package org.nixlab.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;

/** An entry of the cache: a directory that never changes. */
record Layer(Path directory) {
    static final String INFO = "entry.json";
    /** The file system image of a layer. */
    static final String IMAGE = "layer.squashfs";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is written down about an entry. */
    private record Info(String kind, String description, List<String> references) {}

    static void write(Path directory, LayerRecipe recipe) throws IOException {
        var info = new Info(recipe.kind(), recipe.description(), recipe.references());
        Files.write(
                directory.resolve(INFO), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(info));
    }

    String id() {
        return directory.getFileName().toString();
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Path image() {
        return file(IMAGE);
    }

    List<String> references() {
        return info().references();
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

    private Info info() {
        try {
            return JSON.readValue(Files.readAllBytes(file(INFO)), Info.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

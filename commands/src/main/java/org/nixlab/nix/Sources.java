package org.nixlab.nix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files an evaluation depended on, as they were then: the network file, what it imports, and the files and
 * directories it copies into guests. (What it reads with {@code builtins.readFile} is not among them: Nix does not tell.)
 */
public final class Sources {
    private final Map<Path, Stamp> stamps;

    private Sources(Map<Path, Stamp> stamps) {
        this.stamps = stamps;
    }

    /**
     * Takes note of files as they are now.
     *
     * @param read the files and directories that were read; directories count with all that is in them
     * @param since when reading began: a file that was written later counts as changed, since nobody knows which state was
     *     read
     */
    static Sources of(Collection<Path> read, Instant since) {
        var stamps = new LinkedHashMap<Path, Stamp>();
        for (var path : read) {
            for (var file : tree(path)) {
                var stamp = Stamp.of(file);
                stamps.put(file, stamp.modified().toInstant().isAfter(since) ? Stamp.NEVER : stamp);
            }
        }
        return new Sources(stamps);
    }

    /** Returns all files and directories, the network file first. */
    public List<Path> files() {
        return List.copyOf(stamps.keySet());
    }

    /** Returns whether any of them changed or vanished since, or something was added to a directory. */
    public boolean changed() {
        return stamps.entrySet().stream()
                .anyMatch(entry -> !Stamp.of(entry.getKey()).equals(entry.getValue()));
    }

    private static List<Path> tree(Path path) {
        try (var tree = Files.walk(path)) {
            return tree.toList();
        } catch (IOException e) {
            return List.of(path);
        }
    }

    private record Stamp(FileTime modified, long size) {
        private static final Stamp NEVER = new Stamp(FileTime.fromMillis(0), -1);

        static Stamp of(Path file) {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime(), attributes.size());
            } catch (IOException e) {
                return new Stamp(FileTime.fromMillis(0), -2);
            }
        }
    }
}

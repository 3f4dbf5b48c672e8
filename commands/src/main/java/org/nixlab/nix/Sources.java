package org.nixlab.nix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The files an evaluation depended on, as they were then: the network file, what it imports, and the files and
 * directories it copies into guests. What it reads with {@code builtins.readFile} and its like is among them if a relative
 * path of a file of the user's leads there: Nix does not tell.
 */
public final class Sources {
    private final Map<String, Stamp> stamps;

    public Sources(Map<String, Stamp> stamps) {
        this.stamps = Collections.unmodifiableMap(new LinkedHashMap<>(stamps));
    }

    /**
     * Takes note of files as they are now.
     *
     * @param read the files and directories that were read; directories count with all that is in them
     * @param mentioned files and directories that may have been read, or looked for; directories count by themselves
     * @param since when reading began: a file that was written later counts as changed, since nobody knows which state was
     *     read
     */
    public static Sources of(Collection<Path> read, Collection<Path> mentioned, Instant since) {
        var stamps = new LinkedHashMap<String, Stamp>();
        for (var path : read) {
            tree(path).forEach(file -> stamps.put(file.toString(), Stamp.of(file, since)));
        }
        mentioned.forEach(file -> stamps.computeIfAbsent(file.toString(), path -> Stamp.of(file, since)));
        return new Sources(stamps);
    }

    /** Returns all files and directories, the network file first. */
    public List<Path> files() {
        return stamps.keySet().stream().map(Path::of).toList();
    }

    /** Returns whether any of them changed or vanished since, or something was added to a directory. */
    public boolean changed() {
        return stamps.entrySet().stream().anyMatch(entry -> !entry.getValue().isOf(Path.of(entry.getKey())));
    }

    private static List<Path> tree(Path path) {
        try (var tree = Files.walk(path)) {
            return tree.toList();
        } catch (IOException e) {
            return List.of(path);
        }
    }

    /** Returns what was noted of each file, by its path, to be written down. */
    public Map<String, Stamp> stamps() {
        return stamps;
    }

    /**
     * What tells that a file changed.
     *
     * @param modified in nanoseconds since 1970
     * @param size in bytes; negative for none that can be
     * @param digest of its content; empty for what is no file
     */
    public record Stamp(long modified, long size, String digest) {
        private static final Stamp NEVER = new Stamp(0, -1, "");
        private static final Stamp GONE = new Stamp(0, -2, "");

        static Stamp of(Path file, Instant since) {
            var stamp = of(file);
            return stamp.isAfter(since) ? NEVER : stamp;
        }

        private static Stamp of(Path file) {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(
                        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                        attributes.size(),
                        attributes.isRegularFile() ? digest(file) : "");
            } catch (IOException e) {
                return GONE;
            }
        }

        /** Returns whether a file is still what it was; one that was only touched is. */
        private boolean isOf(Path file) {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.size() != size) {
                    return false;
                }
                return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) == modified
                        || attributes.isRegularFile() && digest(file).equals(digest);
            } catch (IOException e) {
                return equals(GONE);
            }
        }

        private boolean isAfter(Instant instant) {
            return modified > FileTime.from(instant).to(TimeUnit.NANOSECONDS);
        }

        private static String digest(Path file) throws IOException {
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                return HexFormat.of().formatHex(digest, 0, 16);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

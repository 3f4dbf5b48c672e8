package org.nixlab.lab.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * What was read of a file, or of its absence, until the file is another: by its size, its times, and what it is to the file
 * system. Safe for use by many threads.
 */
final class KeptFile<T> {
    /** What file systems may round times to: before it has passed, a second change could look like the first. */
    private static final Duration GRAIN = Duration.ofSeconds(2);

    private final Path file;
    private final Supplier<T> reader;
    private volatile Kept<T> kept;

    /** @param reader reads the file as it is */
    KeptFile(Path file, Supplier<T> reader) {
        this.file = requireNonNull(file, "file");
        this.reader = requireNonNull(reader, "reader");
    }

    /** Returns what is in the file; the same object as long as that is known without reading it. */
    T get() {
        var known = kept;
        // What is read may be newer than this, and is then read once more.
        var now = stamp();
        if (known != null && known.stamp().equals(now)) {
            return known.value();
        }
        boolean isSettled = isSettled(now);
        var value = reader.get();
        kept = isSettled ? new Kept<>(now, value) : null;
        return value;
    }

    private Map<String, Object> stamp() {
        try {
            return Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
        } catch (IOException e) {
            return Map.of();
        }
    }

    private static boolean isSettled(Map<String, Object> stamp) {
        return stamp.isEmpty()
                || ((FileTime) stamp.get("ctime"))
                        .toInstant()
                        .isBefore(Instant.now().minus(GRAIN));
    }

    private record Kept<T>(Map<String, Object> stamp, T value) {}
}

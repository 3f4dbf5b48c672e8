package org.nixlab.qmp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A digest of a log, kept beside it: a line with a checksum of the log's head, the place in the log and the number of
 * resets, and then the lines of the log that still count.
 */
record EventDigestFile(Path file) {
    /** How much of the log's begin is part of it. */
    static final int HEAD = 4096;

    /** Returns what was kept, if it is of the log that begins so. */
    Optional<EventDigest> load(String head) {
        try {
            var parts = Files.readString(file).split("\n", 2);
            var words = parts[0].split(" ");
            if (!words[0].equals(checksum(head))) {
                return Optional.empty();
            }
            var lines = EventDigest.EMPTY.and(parts[1], 0).lines();
            return Optional.of(new EventDigest(Long.parseLong(words[1]), Long.parseLong(words[2]), lines));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            // There is none, or none that is whole: the log has it all.
            return Optional.empty();
        }
    }

    /** Keeps a digest in the place of the last one. Readers see one or the other. */
    void save(EventDigest digest, String head) {
        var text = checksum(head) + " " + digest.at() + " " + digest.resets() + "\n"
                + String.join("\n", digest.lines().values()) + "\n";
        try {
            var draft =
                    Files.createTempFile(file.getParent(), file.getFileName().toString(), "");
            try {
                Files.writeString(draft, text);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            // It only spares the next reader time.
        }
    }

    private static String checksum(String head) {
        var checksum = new CRC32();
        checksum.update(head.getBytes(UTF_8));
        return Long.toHexString(checksum.getValue());
    }
}

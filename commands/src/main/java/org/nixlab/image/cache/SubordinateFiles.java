package org.nixlab.image.cache;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

import org.nixlab.base.Deadline;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

/** Files that belong to a user's subordinate ids, which the user itself may not delete. */
final class SubordinateFiles {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final int ATTEMPTS = 3;

    private SubordinateFiles() {}

    /** Deletes a directory and everything in it, whoever it belongs to; also when the thread is interrupted. */
    static void delete(Path root) {
        boolean interrupted = Thread.interrupted();
        try {
            for (int attempt = 1; !deleted(root) && attempt < ATTEMPTS; attempt++) {
                // mmdebstrap maps subordinate ids the same way as when it made the files.
                HostProcess.run(
                        HostCommand.of(
                                "mmdebstrap", "--unshare-helper", "find", root.toString(), "-mindepth", "1", "-delete"),
                        Deadline.in(LIMIT));
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean deleted(Path root) {
        try {
            FileTrees.delete(root);
            return true;
        } catch (UncheckedIOException e) {
            // Not ours, or a program that was killed has not quite ended and still writes.
            return false;
        }
    }
}

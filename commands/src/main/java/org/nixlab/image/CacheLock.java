package org.nixlab.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;

/** Holds an entry of the cache against other builders, threads and processes alike; {@code kill -9} frees it. */
final class CacheLock {
    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    /** What is done while the lock is held. */
    interface Action<T> {
        T run() throws IOException;
    }

    /** Waits for the lock, does something, and lets it go. */
    static <T> T holding(Path file, Deadline deadline, Action<T> action) throws IOException {
        var lock = take(file, deadline);
        try {
            return action.run();
        } finally {
            close(lock.channel);
        }
    }

    private static CacheLock take(Path file, Deadline deadline) {
        var taken = new AtomicReference<CacheLock>();
        var condition = new Condition(
                "another build of " + file.getFileName(),
                () -> {
                    taken.set(tryTake(file));
                    return taken.get() != null ? Observation.met("") : Observation.unmet("it goes on");
                },
                "");
        Await.host().until(condition, deadline);
        return taken.get();
    }

    private static CacheLock tryTake(Path file) {
        FileChannel channel = null;
        try {
            Files.createDirectories(file.getParent());
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new CacheLock(channel);
            }
            channel.close();
            return null;
        } catch (OverlappingFileLockException e) {
            close(channel);
            return null;
        } catch (IOException e) {
            throw BuildFailure.of("the image cache", e);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock is gone with the descriptor in any case.
        }
    }
}

package org.nixlab.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;

/**
 * The sole right to something, held against all other processes and all other holders in this one: a lock on a file, in
 * which the number of the holder's process is written. The kernel frees it when the process ends, however that happens.
 * Safe for use by many threads.
 *
 * <p>It is a POSIX record lock (fcntl(2)), which belongs to the process, and which the process loses as soon as it closes
 * the file through <em>any</em> descriptor. Therefore it is recorded once per process which files are held, by what they
 * are and not by their names, and a file that is held is never opened again; {@link #holder} is the way to read it, and {@link
 * #isHeld} tells those who read any file.
 */
public final class Lease implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 10;

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * The leases by the device and inode of their files; guarded by itself. Here they live on if their holder forgets them:
     * otherwise the garbage collector would close the file, and the next file of the same inode could never be taken.
     */
    private static final Map<Object, Lease> HELD = new HashMap<>();

    private final Path file;
    private final Object key;
    private final RandomAccessFile opened;
    private boolean freed; // guarded by HELD

    private Lease(Path file, Object key, RandomAccessFile opened) {
        this.file = file;
        this.key = key;
        this.opened = opened;
    }

    /**
     * Returns the lease, or nothing if it is held, by this process or by another one.
     *
     * @param attributes of the file, if it has to be made
     * @throws IOException if the file cannot be written
     */
    public static Optional<Lease> tryTake(Path file, FileAttribute<?>... attributes) throws IOException {
        synchronized (HELD) {
            for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
                make(file, attributes);
                var key = key(file);
                if (key.isPresent()) {
                    if (HELD.containsKey(key.get())) {
                        return Optional.empty();
                    }
                    var opened = open(file);
                    if (opened.isEmpty()) {
                        return Optional.empty();
                    }
                    // A lock on a file that somebody removed meanwhile would keep nobody away.
                    if (key(file).equals(key)) {
                        var lease = new Lease(file, key.get(), opened.get());
                        HELD.put(key.get(), lease);
                        return Optional.of(lease);
                    }
                    opened.get().close();
                }
            }
        }
        throw new IOException(file + " does not stay where it is");
    }

    /**
     * Returns the right to connect to a socket that serves one client at a time, or nothing if it is held: QEMU lets a
     * second client connect and then hang without a word. The file is the one beside the socket.
     *
     * @throws IOException if the file beside the socket cannot be written
     */
    public static Optional<Lease> tryTakeOfSocket(Path socket) throws IOException {
        return tryTake(socket.resolveSibling(socket.getFileName() + ".lock"), PRIVATE);
    }

    /** What is done while the lease is held. */
    public interface Action<T> {
        T run() throws IOException;
    }

    /** Waits for the lease, does something and lets it go; see {@link #take}. */
    public static <T> T holding(Path file, String what, Deadline deadline, Action<T> action) throws IOException {
        var lease = take(file, what, deadline);
        try {
            return action.run();
        } finally {
            lease.close();
        }
    }

    /**
     * Waits for the lease and returns it.
     *
     * @param what completes "waiting for ..."
     * @throws IOException if the file cannot be written
     * @throws DeadlineException if it is not free by the deadline
     * @throws CancelledException if the thread is interrupted
     */
    public static Lease take(Path file, String what, Deadline deadline) throws IOException {
        var taken = new AtomicReference<Lease>();
        var condition = new Condition(
                what,
                () -> {
                    try {
                        taken.set(tryTake(file).orElse(null));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return taken.get() != null ? Observation.met("") : Observation.unmet("process " + holder(file));
                },
                "");
        try {
            Await.host().until(condition, deadline);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return taken.get();
    }

    /** Returns the number of the process that holds the lease, or did so last; "unknown" if it cannot be told. */
    public static String holder(Path file) {
        synchronized (HELD) {
            try {
                if (key(file).filter(HELD::containsKey).isPresent()) {
                    return Long.toString(ProcessHandle.current().pid());
                }
                var number = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
                return number.matches("\\d+") ? number : "unknown";
            } catch (IOException e) {
                return "unknown";
            }
        }
    }

    /**
     * Returns whether this process holds the lease that a file is, whatever its name: to open that file otherwise, and to
     * close it again, would end the lease.
     *
     * @throws IOException if the file cannot be looked at
     */
    public static boolean isHeld(Path file) throws IOException {
        synchronized (HELD) {
            return key(file).filter(HELD::containsKey).isPresent();
        }
    }

    /** Returns whether the file still is where it was taken; if not, it is no obstacle to others any more. */
    public boolean isInPlace() {
        try {
            return key(file).filter(key::equals).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Frees the lease. Calling it again does nothing. */
    @Override
    public void close() {
        synchronized (HELD) {
            if (freed) {
                return;
            }
            freed = true;
            try {
                opened.close();
            } catch (IOException e) {
                // The descriptor is gone and the lock with it.
            }
            HELD.remove(key);
        }
    }

    /** The file that is made is closed at once, and thus only made where there is none. */
    private static void make(Path file, FileAttribute<?>... attributes) throws IOException {
        try {
            Files.createFile(file, attributes);
        } catch (FileAlreadyExistsException e) {
            // As is usual.
        }
    }

    private static Optional<Object> key(Path file) throws IOException {
        try {
            return Optional.of(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Returns nothing if another process has locked the file. */
    private static Optional<RandomAccessFile> open(Path file) throws IOException {
        var opened = new RandomAccessFile(file.toFile(), "rw");
        try {
            // Of a channel's operations an interrupt closes those that can block, and with the file the lock would go.
            if (opened.getChannel().tryLock() != null) {
                sign(opened);
                return Optional.of(opened);
            }
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        opened.close();
        return Optional.empty();
    }

    private static void sign(RandomAccessFile opened) {
        var own = Long.toString(ProcessHandle.current().pid());
        try {
            opened.setLength(0);
            opened.write(own.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Of a full disk: the lock holds without a name.
        }
    }
}

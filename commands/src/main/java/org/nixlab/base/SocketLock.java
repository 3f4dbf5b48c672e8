package org.nixlab.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to connect to a socket that serves one client at a time: a lock on the file beside it. QEMU lets a second
 * client connect and then hang without a word. The death of the process frees the lock.
 *
 * <p>It is a POSIX record lock. Such a lock belongs to the process, and the process loses it as soon as it closes the
 * file through any descriptor; therefore who holds what is recorded once per process, and a lock that is held is not
 * opened again.
 */
public final class SocketLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel file;

    private SocketLock(Path key, FileChannel file) {
        this.key = key;
        this.file = file;
    }

    /**
     * Returns the lock, or nothing if it is held, by this process or by another one.
     *
     * @throws IOException if the file beside the socket cannot be written
     */
    public static Optional<SocketLock> tryLock(Path socket) throws IOException {
        var path = socket.resolveSibling(socket.getFileName() + ".lock");
        var key = path.toAbsolutePath().normalize();
        if (!HELD.add(key)) {
            return Optional.empty();
        }
        FileChannel file = null;
        try {
            file = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            if (file.tryLock() != null) {
                return Optional.of(new SocketLock(key, file));
            }
            release(key, file);
            return Optional.empty();
        } catch (IOException e) {
            release(key, file);
            throw e;
        }
    }

    /** Frees the lock. Calling it again does nothing. */
    @Override
    public void close() {
        if (file.isOpen()) {
            release(key, file);
        }
    }

    private static void release(Path key, FileChannel file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // The descriptor is gone and the lock with it.
        } finally {
            HELD.remove(key);
        }
    }
}

package org.nixlab.guest;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/**
 * A connection to a socket that serves one client at a time, made only while the lock file beside it is held: QEMU lets
 * a second client connect and then hang without a word. The lock is a POSIX record lock, so the death of this process
 * frees it.
 *
 * <p>A process must not open a socket twice: closing the second lock file would free the lock of the first.
 */
final class Port implements AutoCloseable {
    private final FileChannel lockFile;
    private final SocketChannel channel;

    private Port(FileChannel lockFile, SocketChannel channel) {
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /** Connects, or returns nothing if another process holds the lock. */
    static Optional<Port> tryOpen(Path socket, String machine) {
        FileChannel lockFile = null;
        SocketChannel channel = null;
        try {
            lockFile = FileChannel.open(
                    socket.resolveSibling(socket.getFileName() + ".lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            if (lockFile.tryLock() == null) {
                lockFile.close();
                return Optional.empty();
            }
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return Optional.of(new Port(lockFile, channel));
        } catch (IOException e) {
            closeQuietly(channel);
            closeQuietly(lockFile);
            throw new LabException(
                    ExitCode.HOST_FAILED,
                    "the channel " + socket + " could not be opened: " + e.getMessage(),
                    machine,
                    "see with `status` whether the machine runs",
                    e);
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /** Disconnects, then frees the lock. */
    @Override
    public void close() {
        closeQuietly(channel);
        closeQuietly(lockFile);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            // Nothing was promised to arrive any more, and the descriptor is gone.
        }
    }
}

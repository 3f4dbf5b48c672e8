package org.nixlab.guest.channel;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.process.Lease;
import org.nixlab.process.UnixSocket;

/** A connection to a socket of QEMU, made only while its lock is held. */
public final class Port implements AutoCloseable {
    private final Lease lock;
    private final SocketChannel channel;

    private Port(Lease lock, SocketChannel channel) {
        this.lock = lock;
        this.channel = channel;
    }

    /** Connects, or returns nothing if someone else holds the lock, or QEMU stands still. */
    public static Optional<Port> tryOpen(Path socket, String machine) {
        Optional<Lease> lock = Optional.empty();
        try {
            lock = Lease.tryTakeOfSocket(socket);
            if (lock.isEmpty()) {
                return Optional.empty();
            }
            var channel = UnixSocket.tryConnect(socket);
            if (channel.isEmpty()) {
                lock.get().close();
                return Optional.empty();
            }
            return Optional.of(new Port(lock.get(), channel.get()));
        } catch (IOException e) {
            lock.ifPresent(Lease::close);
            throw LabException.host(
                    "the channel " + socket + " could not be opened: " + e.getMessage(),
                    machine,
                    "see with `status` whether the machine runs",
                    e);
        }
    }

    public SocketChannel channel() {
        return channel;
    }

    /** Disconnects, then frees the lock. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was promised to arrive any more, and the descriptor is gone.
        }
        lock.close();
    }
}

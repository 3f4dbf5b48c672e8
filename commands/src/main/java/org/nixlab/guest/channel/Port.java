package org.nixlab.guest.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.process.Lease;
import org.nixlab.process.UnixSocket;

/** A connection to a socket of QEMU, made only while its lock is held. */
public final class Port implements AutoCloseable {
    private static final Duration LISTENS_WITHIN = Duration.ofSeconds(1);

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
            var channel = connect(socket);
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

    /** Of a port that is just plugged in, the socket is there before QEMU listens. */
    private static Optional<SocketChannel> connect(Path socket) throws IOException {
        var refusal = new AtomicReference<ConnectException>();
        var connected = new AtomicReference<Optional<SocketChannel>>(Optional.empty());
        var listener = new Condition(
                "a listener at " + socket,
                () -> {
                    try {
                        connected.set(UnixSocket.tryConnect(socket));
                        return new Condition.Observation(true, "");
                    } catch (ConnectException e) {
                        refusal.set(e);
                        return new Condition.Observation(false, "");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "");
        try {
            Await.host().until(listener, Deadline.in(LISTENS_WITHIN));
        } catch (DeadlineException e) {
            throw refusal.get();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return connected.get();
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

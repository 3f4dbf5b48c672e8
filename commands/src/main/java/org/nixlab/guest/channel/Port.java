package org.nixlab.guest.channel;

import java.io.IOException;
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
        var tried = new AtomicReference<Attempt>();
        var listener = new Condition(
                "a listener at " + socket,
                () -> {
                    tried.set(Attempt.at(socket));
                    return new Condition.Observation(!tried.get().isRefused(), "");
                },
                "");
        try {
            Await.host().until(listener, Deadline.in(LISTENS_WITHIN));
        } catch (DeadlineException e) {
            // What was tried last says why.
        }
        return tried.get().outcome();
    }

    /** One attempt to connect: a channel, none because the listener's queue is full, or a failure. */
    private record Attempt(Optional<SocketChannel> channel, IOException failure) {
        static Attempt at(Path socket) {
            try {
                return new Attempt(UnixSocket.tryConnect(socket), null);
            } catch (IOException e) {
                return new Attempt(Optional.empty(), e);
            }
        }

        boolean isRefused() {
            return failure instanceof ConnectException;
        }

        Optional<SocketChannel> outcome() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return channel;
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

package org.nixlab.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.process.UnixSocket;

/**
 * Either end of a connection to the relay's control socket: a text there and a text back. Whoever is at the other end may
 * be stopped, so nothing is waited for beyond a deadline. For one thread, whose interrupt ends a wait with {@link
 * CancelledException}.
 */
final class ControlConnection implements AutoCloseable {
    private static final int LONGEST = 1 << 20;
    private static final int BUFFER = 8 * 1024;

    private final SocketChannel channel;
    private final Selector selector;

    /** Takes ownership of the channel. */
    ControlConnection(SocketChannel channel) throws IOException {
        this.channel = channel;
        try {
            channel.configureBlocking(false);
            this.selector = Selector.open();
            channel.register(selector, 0);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Connects to a control socket. With a relay that takes nobody in, others may wait before it already.
     *
     * @throws IOException if nobody listens there
     * @throws DeadlineException if there is no place in time
     */
    static ControlConnection to(Path socket, Deadline deadline) throws IOException {
        var connected = new AtomicReference<SocketChannel>();
        try {
            var place = new Condition("a place before the lab's relay", () -> tryConnect(socket, connected), "");
            Await.host().until(place, deadline);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new ControlConnection(connected.get());
    }

    private static Observation tryConnect(Path socket, AtomicReference<SocketChannel> connected) {
        try {
            UnixSocket.tryConnect(socket).ifPresent(connected::set);
            return new Observation(connected.get() != null, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a text and tells that it is all. */
    void write(String text, Deadline deadline) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            await(SelectionKey.OP_WRITE, deadline);
            channel.write(bytes);
        }
        channel.shutdownOutput();
    }

    /** Returns the whole text that the other end writes. */
    String read(Deadline deadline) throws IOException {
        var text = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(BUFFER);
        while (true) {
            await(SelectionKey.OP_READ, deadline);
            if (channel.read(buffer.clear()) < 0) {
                return text.toString(StandardCharsets.UTF_8);
            }
            text.write(buffer.array(), 0, buffer.position());
            if (text.size() > LONGEST) {
                throw new IOException("more than " + LONGEST + " bytes came");
            }
        }
    }

    private void await(int operation, Deadline deadline) throws IOException {
        channel.keyFor(selector).interestOps(operation);
        while (!deadline.hasPassed()) {
            boolean ready = selector.select(deadline.remaining().toMillis() + 1) > 0;
            selector.selectedKeys().clear();
            // Before the channel is touched, since that would close it.
            if (Thread.currentThread().isInterrupted()) {
                throw new CancelledException("waiting for the lab's relay");
            }
            if (ready) {
                return;
            }
        }
        throw new DeadlineException("timed out waiting for the other end", "", "");
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}

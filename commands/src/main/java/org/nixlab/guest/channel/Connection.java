package org.nixlab.guest.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.nixlab.base.Threads;

/**
 * The traffic of one port. Its own daemon thread does all reading and writing, because an interrupt in either would
 * close the socket; everyone else only queues.
 */
public final class Connection {
    private static final int BUFFER = 256 * 1024;
    private static final int TICK_MILLIS = 250;

    /** What is spoken over the connection. Called by the connection's thread only. */
    public interface Protocol {
        /** @throws IllegalStateException if the other side breaks the protocol */
        void received(ByteBuffer data);

        boolean wantsMore();

        /** Called every now and then; returns why the connection is to end, or nothing. */
        Optional<String> tick();

        /** Called once, after the socket was closed and its lock freed. */
        void ended(String reason);
    }

    private final Port port;
    private final Selector selector;
    private final Protocol protocol;
    private final ConcurrentLinkedQueue<ByteBuffer> outgoing = new ConcurrentLinkedQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile String closing = "";

    /** Takes ownership of the port. */
    public Connection(Port port, Protocol protocol) {
        this.port = port;
        this.protocol = protocol;
        try {
            selector = Selector.open();
            port.channel().configureBlocking(false);
        } catch (IOException e) {
            port.close();
            throw new IllegalStateException("no selector could be opened", e);
        }
    }

    public void start(String threadName) {
        Threads.start(threadName, this::serve);
    }

    public void send(ByteBuffer message) {
        waiting.addAndGet(message.remaining());
        outgoing.add(message);
        selector.wakeup();
    }

    /** Returns how many bytes the other side has not taken yet. */
    public long waiting() {
        return waiting.get();
    }

    /** Makes the thread ask {@link Protocol#wantsMore} again. */
    public void wakeUp() {
        selector.wakeup();
    }

    /** Returns whether the socket is closed and its lock free. */
    public boolean hasEnded() {
        return ended.isDone();
    }

    /** Disconnects, and returns when that is done. */
    public void close(String reason) {
        closing = reason;
        selector.wakeup();
        ended.join();
    }

    private void serve() {
        var reason = "the machine went away";
        try {
            var key = port.channel().register(selector, SelectionKey.OP_READ);
            var buffer = ByteBuffer.allocateDirect(BUFFER);
            while (closing.isEmpty()) {
                var over = protocol.tick();
                if (over.isPresent()) {
                    reason = over.get();
                    break;
                }
                write();
                key.interestOps((protocol.wantsMore() ? SelectionKey.OP_READ : 0)
                        | (outgoing.isEmpty() ? 0 : SelectionKey.OP_WRITE));
                selector.select(TICK_MILLIS);
                // A key that was not selected now still says what it was ready for before.
                if (selector.selectedKeys().remove(key) && key.isReadable() && !read(buffer)) {
                    break;
                }
            }
            if (!closing.isEmpty()) {
                reason = closing;
            }
        } catch (IOException e) {
            reason = "the machine went away"; // a reset or a broken pipe says no more than the end of the stream
        } catch (IllegalStateException e) {
            reason = "the machine broke the protocol of its channel (" + e.getMessage() + ")";
        } catch (Throwable e) {
            // Whoever waits is told, whatever it was: nobody else can.
            reason = "nixlab failed to read the channel (" + e + ")";
        } finally {
            end(reason);
        }
    }

    private void write() throws IOException {
        for (var next = outgoing.peek(); next != null; next = outgoing.peek()) {
            waiting.addAndGet(-port.channel().write(next));
            if (next.hasRemaining()) {
                return;
            }
            outgoing.remove();
        }
    }

    private boolean read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = port.channel().read(buffer);
        if (count > 0) {
            protocol.received(buffer.flip());
        }
        return count >= 0;
    }

    private void end(String reason) {
        try {
            port.close();
            selector.close();
        } catch (IOException e) {
            // The thread ends; there is nothing left to wait for.
        } finally {
            ended.complete(null);
            protocol.ended(reason);
        }
    }
}

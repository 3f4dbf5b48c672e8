package org.nixlab.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A connection to one slot: runs one command at a time. Its own daemon thread does all reading and writing, because an
 * interrupt in either would close the socket.
 *
 * <p>A connection that has been idle for a while closes itself, so that other processes find the slot free.
 */
final class SlotChannel implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(5);
    private static final Duration END_LIMIT = Duration.ofSeconds(15);
    private static final int BUFFER = 256 * 1024;

    private enum State {
        GREETING,
        IDLE,
        BUSY,
        /** The command was abandoned and the guest has not yet said that it has ended. */
        ENDING,
        CLOSED
    }

    private final Path socket;
    private final Port port;
    private final Selector selector;
    private final String nonce;
    private final FrameReader reader;
    private final CompletableFuture<Boolean> greeting = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ConcurrentLinkedQueue<ByteBuffer> outgoing = new ConcurrentLinkedQueue<>();
    private State state = State.GREETING; // guarded by this
    private long stateSince = System.nanoTime(); // guarded by this
    private Link link; // guarded by this
    private volatile boolean closing;

    private SlotChannel(Path socket, Port port) throws IOException {
        this.socket = socket;
        this.port = port;
        this.selector = Selector.open();
        this.nonce = newNonce();
        this.reader = new FrameReader(nonce, new Incoming());
        port.channel().configureBlocking(false);
    }

    /**
     * Connects and says hello without waiting for the answer, or returns nothing if another process has the slot.
     *
     * @throws org.nixlab.base.LabException if there is nothing to connect to
     */
    static Optional<SlotChannel> tryOpen(Path socket, String machine) {
        return Port.tryOpen(socket, machine).map(port -> {
            try {
                var channel = new SlotChannel(socket, port);
                channel.start(machine);
                return channel;
            } catch (IOException e) {
                port.close();
                throw new IllegalStateException(e);
            }
        });
    }

    Path socket() {
        return socket;
    }

    /** Completes with true when the slot has answered, with false when the connection is lost before. */
    CompletableFuture<Boolean> greeting() {
        return greeting;
    }

    /** Returns whether the socket is closed and its lock free. */
    boolean hasEnded() {
        return ended.isDone();
    }

    /**
     * Starts a command, or returns nothing if the channel is not idle.
     *
     * @param command makes the handle of the command from its link to this channel
     * @param request makes the first message from the nonce of this connection
     */
    synchronized Optional<RunningCommand> start(
            Function<CommandLink, RunningCommand> command, Function<String, ByteBuffer> request) {
        if (state != State.IDLE) {
            return Optional.empty();
        }
        link = new Link();
        link.command = command.apply(link);
        enter(State.BUSY);
        send(request.apply(nonce));
        return Optional.of(link.command);
    }

    /** Disconnects, and returns when that is done; a command that still runs is ended by the guest. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        ended.join();
    }

    private void start(String machine) {
        send(Frame.hello(nonce));
        var thread = new Thread(this::serve, "nixlab-" + machine + "-" + socket.getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    private void send(ByteBuffer message) {
        outgoing.add(message);
        selector.wakeup();
    }

    private synchronized void enter(State next) {
        state = next;
        stateSince = System.nanoTime();
    }

    private void serve() {
        var reason = "the machine went away";
        try {
            var key = port.channel().register(selector, SelectionKey.OP_READ);
            var buffer = ByteBuffer.allocateDirect(BUFFER);
            while (!closing && !expired()) {
                write();
                key.interestOps(
                        (wantsMore() ? SelectionKey.OP_READ : 0) | (outgoing.isEmpty() ? 0 : SelectionKey.OP_WRITE));
                selector.select(IDLE_LIMIT.toMillis() / 4);
                selector.selectedKeys().clear();
                if (key.isReadable() && !read(buffer)) {
                    break;
                }
            }
            if (closing) {
                reason = "the channel was closed";
            }
        } catch (IOException e) {
            reason = "the machine went away (" + e.getMessage() + ")";
        } catch (IllegalStateException e) {
            reason = "the machine broke the protocol of its channel (" + e.getMessage() + ")";
        } finally {
            end(reason);
        }
    }

    private void write() throws IOException {
        for (var next = outgoing.peek(); next != null; next = outgoing.peek()) {
            port.channel().write(next);
            if (next.hasRemaining()) {
                return;
            }
            outgoing.remove();
        }
    }

    private boolean read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (port.channel().read(buffer) < 0) {
            return false;
        }
        reader.read(buffer.flip());
        return true;
    }

    private synchronized boolean wantsMore() {
        return state != State.BUSY || link.command.wantsMore();
    }

    // Decided and closed under one lock: no command can start in between.
    private synchronized boolean expired() {
        var age = Duration.ofNanos(System.nanoTime() - stateSince);
        var over = state == State.IDLE && age.compareTo(IDLE_LIMIT) > 0
                || state == State.ENDING && age.compareTo(END_LIMIT) > 0;
        if (over) {
            enter(State.CLOSED);
        }
        return over;
    }

    private void end(String reason) {
        RunningCommand orphan;
        synchronized (this) {
            orphan = state == State.BUSY ? link.command : null;
            enter(State.CLOSED);
        }
        port.close();
        try {
            selector.close();
        } catch (IOException e) {
            // The thread ends; there is nothing left to wait for.
        }
        ended.complete(null);
        greeting.complete(false);
        if (orphan != null) {
            orphan.lost(reason);
        }
    }

    private static String newNonce() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** What the slot says; called by this channel's thread. */
    private final class Incoming implements FrameReader.Listener {
        @Override
        public void greeted() {
            enter(State.IDLE);
            greeting.complete(true);
        }

        @Override
        public void output(byte stream, byte[] data) {
            current()
                    .ifPresent(command -> command.offer(new CommandEvent.Output(
                            stream == Frame.OUT ? CommandEvent.Stream.OUT : CommandEvent.Stream.ERR, data)));
        }

        @Override
        public void granted(int bytes) {
            current().ifPresent(command -> command.granted(bytes));
        }

        @Override
        public void exited(int status, boolean cancelled, int leftBehind) {
            var command = current();
            enter(State.IDLE);
            command.ifPresent(ended -> ended.exited(new CommandExit(status, cancelled, leftBehind)));
        }

        private Optional<RunningCommand> current() {
            synchronized (SlotChannel.this) {
                return state == State.BUSY ? Optional.of(link.command) : Optional.empty();
            }
        }
    }

    /** One command's link: harmless once the channel has gone on to another one. */
    private final class Link implements CommandLink {
        private RunningCommand command; // guarded by SlotChannel.this

        @Override
        public void stdin(byte[] data, int offset, int length) {
            sendIfRunning(Frame.stdin(data, offset, length));
        }

        @Override
        public void endOfStdin() {
            sendIfRunning(Frame.endOfStdin());
        }

        @Override
        public void resize(int rows, int columns) {
            sendIfRunning(Frame.resize(rows, columns));
        }

        @Override
        public void cancel(int graceMillis) {
            sendIfRunning(Frame.cancel(graceMillis));
        }

        @Override
        public void abandon(int graceMillis) {
            synchronized (SlotChannel.this) {
                sendIfRunning(Frame.cancel(graceMillis));
                if (link == this && state == State.BUSY) {
                    enter(State.ENDING);
                }
            }
        }

        @Override
        public void resume() {
            selector.wakeup();
        }

        // A message for a command that ended meanwhile must not reach its successor; the guest ignores those that
        // arrive between two commands.
        private void sendIfRunning(ByteBuffer message) {
            synchronized (SlotChannel.this) {
                if (link == this && state == State.BUSY) {
                    send(message);
                }
            }
        }
    }
}

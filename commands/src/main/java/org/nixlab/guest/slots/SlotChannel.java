package org.nixlab.guest.slots;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.nixlab.guest.channel.CommandEvent;
import org.nixlab.guest.channel.CommandExit;
import org.nixlab.guest.channel.CommandLink;
import org.nixlab.guest.channel.Connection;
import org.nixlab.guest.channel.Nonce;
import org.nixlab.guest.channel.Port;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.talk.OutputSink;

/**
 * A connection to one slot: runs one command at a time.
 *
 * <p>A connection that has been idle for a while closes itself, so that other processes find the slot free.
 */
final class SlotChannel {
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(5);
    private static final Duration END_LIMIT = Duration.ofSeconds(15);

    /** More than a slot ever grants; what it does not take would fill the memory. */
    private static final int MOST_INPUT = 4 << 20;

    private enum State {
        GREETING,
        IDLE,
        BUSY,
        /** The command was abandoned and the guest has not yet said that it has ended. */
        ENDING,
        CLOSED
    }

    private final Path socket;
    private final Duration answerLimit;
    private final Supplier<Optional<Instant>> lastChange;
    private final String nonce = Nonce.next();
    private final Connection connection;
    private State state = State.GREETING; // guarded by this
    private long stateSince = System.nanoTime(); // guarded by this
    private Optional<Instant> answered = Optional.empty(); // guarded by this
    private Optional<Instant> changeBefore = Optional.empty(); // guarded by this
    private Link link; // guarded by this

    private SlotChannel(Path socket, Port port, Duration answerLimit, Supplier<Optional<Instant>> lastChange) {
        this.socket = socket;
        this.answerLimit = answerLimit;
        this.lastChange = lastChange;
        this.connection = new Connection(port, new Traffic());
    }

    /**
     * Connects and says hello without waiting for the answer, or returns nothing if another process has the slot.
     *
     * @param answerLimit after it a connection without an answer ends: the guest may have missed that the last client left
     * @param lastChange when a program last took the slot or let go of it; its successor knows nothing of this client
     * @throws org.nixlab.base.LabException if there is nothing to connect to
     */
    static Optional<SlotChannel> tryOpen(
            Path socket, String machine, Duration answerLimit, Supplier<Optional<Instant>> lastChange) {
        return Port.tryOpen(socket, machine).map(port -> {
            var channel = new SlotChannel(socket, port, answerLimit, lastChange);
            channel.connection.send(Frame.hello(channel.nonce));
            channel.connection.start(machine + "-" + socket.getFileName());
            return channel;
        });
    }

    Path socket() {
        return socket;
    }

    /** Returns whether the slot has answered, also if the connection has ended since. */
    synchronized boolean hasAnswered() {
        return answered.isPresent();
    }

    synchronized boolean isIdle() {
        return state == State.IDLE;
    }

    /** Has the guest serve ports that were plugged in, by the names of their sockets. */
    void haveServed(List<Path> sockets) {
        connection.send(Frame.serve(
                sockets.stream().map(port -> port.getFileName().toString()).toList()));
    }

    /** Returns whether the socket is closed and its lock free. */
    boolean hasEnded() {
        return connection.hasEnded();
    }

    /**
     * Starts a command, or returns nothing if the channel is not idle.
     *
     * @param command makes the handle of the command from its link to this channel
     * @param request makes the first message from the nonce of this connection
     */
    synchronized Optional<RunningCommand> start(
            Function<CommandLink, RunningCommand> command, Function<String, ByteBuffer> request) {
        if (state != State.IDLE || hasLeft()) {
            return Optional.empty();
        }
        link = new Link();
        link.command = command.apply(link);
        enter(State.BUSY);
        connection.send(request.apply(nonce));
        return Optional.of(link.command);
    }

    /** Disconnects, and returns when that is done; a command that still runs is ended by the guest, lost for this reason. */
    void close(String reason) {
        connection.close(reason);
    }

    // What was before the answer may be told only after it. What was told before may seem to be later, where the host's
    // clock was set back.
    private boolean hasLeft() {
        return answered.isPresent()
                && lastChange
                        .get()
                        .filter(change -> change.isAfter(answered.get()))
                        .filter(change -> !changeBefore.equals(Optional.of(change)))
                        .isPresent();
    }

    private synchronized void enter(State next) {
        state = next;
        stateSince = System.nanoTime();
    }

    private final class Traffic implements Connection.Protocol {
        private final FrameReader reader = new FrameReader(nonce, new Incoming());

        @Override
        public void received(ByteBuffer data) {
            reader.read(data);
        }

        @Override
        public boolean wantsMore() {
            synchronized (SlotChannel.this) {
                return state != State.BUSY || link.command.wantsMore();
            }
        }

        // Decided and closed under one lock: no command can start in between.
        @Override
        public Optional<String> tick() {
            synchronized (SlotChannel.this) {
                if (hasLeft()) {
                    return Optional.of("nixlab's program in the machine was ended");
                }
                var age = Duration.ofNanos(System.nanoTime() - stateSince);
                if (state == State.GREETING && age.compareTo(answerLimit) > 0) {
                    return Optional.of("the slot did not answer");
                }
                if (state == State.IDLE && age.compareTo(IDLE_LIMIT) > 0
                        || state == State.ENDING && age.compareTo(END_LIMIT) > 0) {
                    enter(State.CLOSED);
                }
                return state == State.CLOSED ? Optional.of("it was not needed") : Optional.empty();
            }
        }

        @Override
        public void ended(String reason) {
            Optional<RunningCommand> orphan;
            synchronized (SlotChannel.this) {
                orphan = state == State.BUSY ? Optional.of(link.command) : Optional.empty();
                enter(State.CLOSED);
            }
            orphan.ifPresent(command -> command.lost(reason));
        }
    }

    /** What the slot says; called by the connection's thread. */
    private final class Incoming implements FrameReader.Listener {
        @Override
        public void greeted() {
            synchronized (SlotChannel.this) {
                answered = Optional.of(Instant.now());
                changeBefore = lastChange.get();
            }
            enter(State.IDLE);
        }

        @Override
        public void output(byte stream, byte[] data) {
            current()
                    .ifPresent(command -> command.offer(new CommandEvent.Output(
                            stream == Frame.OUT ? OutputSink.Stream.OUT : OutputSink.Stream.ERR, data)));
        }

        @Override
        public void granted(int bytes) {
            if (bytes < 0 || connection.waiting() + bytes > MOST_INPUT) {
                throw new IllegalStateException("it asked for " + bytes + " bytes of input");
            }
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
            connection.wakeUp();
        }

        // A message for a command that ended meanwhile must not reach its successor; the guest ignores those that
        // arrive between two commands.
        private void sendIfRunning(ByteBuffer message) {
            synchronized (SlotChannel.this) {
                if (link == this && state == State.BUSY) {
                    connection.send(message);
                }
            }
        }
    }
}

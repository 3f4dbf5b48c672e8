package org.nixlab.guest.slots;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.guest.channel.ChannelSource;
import org.nixlab.guest.channel.CommandLink;
import org.nixlab.guest.channel.NotStartedException;
import org.nixlab.guest.channel.RunningCommand;

/**
 * The connections of this process to the slots of one machine. Finds an idle one, connects to a free slot, or plugs a
 * new slot, in this order. Safe for use by many threads.
 */
public final class SlotPool {
    /** For so long a guest that is too busy to serve a new slot is given no other one. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChannelSource source;
    private final Duration answerLimit;
    private volatile Deadline patience = Deadline.in(Duration.ZERO);
    private final List<SlotChannel> channels = new ArrayList<>(); // guarded by this
    private String closed = ""; // guarded by this
    private boolean answered; // guarded by this

    /** @param answerLimit how long a slot may take to answer a new connection */
    public SlotPool(ChannelSource source, Duration answerLimit) {
        this.source = source;
        this.answerLimit = answerLimit;
    }

    /** Starts a command on any slot, waiting for one until the deadline. */
    public RunningCommand start(
            Function<CommandLink, RunningCommand> command, Function<String, ByteBuffer> request, Deadline deadline) {
        var started = new ArrayList<RunningCommand>(1);
        var await = new Await(Duration.ofMillis(2), Duration.ofMillis(100), detail -> {});
        await.until(
                new Condition(
                        "a free command slot of " + source.machine(),
                        () -> {
                            tryStart(command, request, deadline).ifPresent(started::add);
                            return new Condition.Observation(!started.isEmpty(), started.isEmpty() ? state() : "");
                        },
                        "see with `status` whether " + source.machine() + " has booted"),
                deadline);
        return started.get(0);
    }

    /** Disconnects; the commands that run are lost for this reason, others are not started. */
    public void close(String reason) {
        List<SlotChannel> toClose;
        synchronized (this) {
            closed = reason;
            toClose = List.copyOf(channels);
            channels.clear();
        }
        toClose.forEach(channel -> channel.close(reason));
    }

    private Optional<RunningCommand> tryStart(
            Function<CommandLink, RunningCommand> command, Function<String, ByteBuffer> request, Deadline deadline) {
        for (var channel : connected()) {
            var running = channel.start(command, request);
            if (running.isPresent()) {
                return running;
            }
        }
        return connect(deadline).flatMap(channel -> channel.start(command, request));
    }

    private synchronized List<SlotChannel> connected() {
        channels.removeIf(SlotChannel::hasEnded);
        return List.copyOf(channels);
    }

    private Optional<SlotChannel> connect(Deadline deadline) {
        for (var socket : source.slots()) {
            var channel = tryOpen(socket);
            if (channel.isPresent()) {
                var answering = awaitAnswer(channel.get(), deadline);
                // A slot that is there and does not answer must not be all that is ever tried.
                if (answering.isPresent() || !mayPlug()) {
                    return answering;
                }
            }
        }
        if (!mayPlug() || !patience.hasPassed()) {
            return Optional.empty();
        }
        var plugged = source.plugSlot(deadline).flatMap(this::tryOpen);
        var answering = plugged.flatMap(channel -> awaitAnswer(channel, deadline));
        if (plugged.isPresent() && answering.isEmpty()) {
            patience = Deadline.in(PATIENCE);
        }
        return answering;
    }

    // The lock of a slot is held by a process, so this pool must not open a socket it has open already.
    private synchronized Optional<SlotChannel> tryOpen(Path socket) {
        if (!closed.isEmpty()) {
            throw new NotStartedException(closed, source.machine());
        }
        if (channels.stream().anyMatch(channel -> channel.socket().equals(socket))) {
            return Optional.empty();
        }
        var channel = SlotChannel.tryOpen(socket, source.machine(), () -> source.lastChange(socket));
        channel.ifPresent(channels::add);
        return channel;
    }

    // A machine that has not answered yet is booting: more slots would not help it. All its slots may be busy with what
    // other processes started.
    private synchronized boolean mayPlug() {
        return answered || source.hasAnswered();
    }

    private synchronized void markAnswered() {
        if (!answered) {
            source.markAnswered();
            answered = true;
        }
    }

    // Without an answer the connection is made anew: the guest may have missed that the last client left.
    private Optional<SlotChannel> awaitAnswer(SlotChannel channel, Deadline deadline) {
        try {
            var limit = deadline.orSooner(Deadline.in(answerLimit)).remaining();
            if (channel.greeting().get(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                markAnswered();
                return Optional.of(channel);
            }
        } catch (TimeoutException e) {
            channel.close("the slot did not answer");
        } catch (InterruptedException e) {
            channel.close("the thread was interrupted");
            Thread.currentThread().interrupt();
            throw new CancelledException("connecting to " + source.machine());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return Optional.empty();
    }

    private synchronized String state() {
        return mayPlug() ? "all are busy" : "none has answered yet";
    }
}

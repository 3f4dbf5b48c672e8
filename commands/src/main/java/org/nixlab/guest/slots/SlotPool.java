package org.nixlab.guest.slots;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.guest.channel.ChannelSource;
import org.nixlab.guest.channel.CommandLink;
import org.nixlab.guest.channel.NotStartedException;
import org.nixlab.guest.channel.RunningCommand;

/**
 * The connections of this process to the slots of one machine. Whoever has a command takes the first that is idle; for those
 * who find none, as many free slots are connected to as they are, and where there are not so many, the rest are plugged in
 * together. Safe for use by many threads.
 */
public final class SlotPool {
    /** For so long a guest that is too busy to serve a new slot is given no other one. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of the slots that a machine boots with only the first is served early, and it is not known when. */
    private static final int TRIED_DURING_BOOT = 2;

    private final ChannelSource source;
    private final Duration answerLimit;
    private final List<SlotChannel> channels = new ArrayList<>(); // guarded by this
    /** Slots of which no answer came when they were last connected to, and how often in a row. */
    private final Map<Path, Integer> silent = new HashMap<>(); // guarded by this

    /** Slots that this pool plugged in and that have not answered yet. */
    private final Set<Path> plugged = new HashSet<>(); // guarded by this

    private Deadline patience = Deadline.in(Duration.ZERO); // guarded by this
    private int waiting; // guarded by this
    private boolean plugging; // guarded by this
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
        return tryStart(command, request).orElseGet(() -> await(command, request, deadline));
    }

    private RunningCommand await(
            Function<CommandLink, RunningCommand> command, Function<String, ByteBuffer> request, Deadline deadline) {
        var started = new ArrayList<RunningCommand>(1);
        var await = new Await(Duration.ofMillis(2), Duration.ofMillis(50), detail -> {});
        countWaiting(1);
        try {
            await.until(
                    new Condition(
                            "a free command slot of " + source.machine(),
                            () -> {
                                tryStart(command, request).ifPresentOrElse(started::add, () -> widen(deadline));
                                return new Condition.Observation(!started.isEmpty(), started.isEmpty() ? state() : "");
                            },
                            "see with `status` whether " + source.machine() + " has booted"),
                    deadline);
        } finally {
            countWaiting(-1);
        }
        return started.get(0);
    }

    private synchronized void countWaiting(int more) {
        waiting += more;
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
            Function<CommandLink, RunningCommand> command, Function<String, ByteBuffer> request) {
        for (var channel : connected()) {
            var running = channel.start(command, request);
            if (running.isPresent()) {
                return running;
            }
        }
        return Optional.empty();
    }

    private synchronized List<SlotChannel> connected() {
        for (var channel : List.copyOf(channels)) {
            if (channel.hasAnswered()) {
                markAnswered();
                silent.remove(channel.socket());
                plugged.remove(channel.socket());
            }
            if (channel.hasEnded()) {
                channels.remove(channel);
                if (!channel.hasAnswered()) {
                    noteSilent(channel.socket());
                }
            }
        }
        return List.copyOf(channels);
    }

    private void noteSilent(Path socket) {
        silent.merge(socket, 1, Integer::sum);
        if (plugged.remove(socket)) {
            patience = Deadline.in(PATIENCE);
        }
    }

    private void markAnswered() {
        if (!answered) {
            source.markAnswered();
            answered = true;
        }
    }

    /** Connects to free slots, and plugs in what is missing then, unless another thread does so. */
    private void widen(Deadline deadline) {
        int missing = connect(source.slots());
        if (missing > 0 && beginsToPlug()) {
            try {
                plug(missing, deadline);
            } finally {
                endPlugging();
            }
        }
    }

    /** Returns how many slots more are wanted than there are to hope for. */
    private synchronized int connect(List<Path> slots) {
        if (!closed.isEmpty()) {
            throw new NotStartedException(closed, source.machine());
        }
        int wanted = mayPlug() ? waiting : Math.max(waiting, TRIED_DURING_BOOT);
        wanted -= (int) channels.stream().filter(SlotChannel::isIdle).count();
        var greeting = channels.stream()
                .filter(channel -> !channel.hasAnswered() && !channel.hasEnded())
                .map(SlotChannel::socket)
                .toList();
        int hopeful = (int)
                greeting.stream().filter(slot -> !silent.containsKey(slot)).count();
        int doubtful = greeting.size() - hopeful;
        for (var slot : slots.stream()
                .sorted(Comparator.comparing(slot -> silent.getOrDefault(slot, 0)))
                .toList()) {
            boolean isSilent = silent.containsKey(slot);
            // One that did not answer may do so yet, but must not be all that is ever tried.
            if (hopeful + (isSilent ? doubtful : 0) < wanted && tryOpen(slot)) {
                hopeful += isSilent ? 0 : 1;
                doubtful += isSilent ? 1 : 0;
            }
        }
        return wanted - hopeful;
    }

    // The lock of a slot is held by a process, so this pool must not open a socket it has open already.
    private boolean tryOpen(Path socket) {
        if (channels.stream().anyMatch(channel -> channel.socket().equals(socket))) {
            return false;
        }
        var channel = SlotChannel.tryOpen(socket, source.machine(), answerLimit, () -> source.lastChange(socket));
        channel.ifPresent(channels::add);
        return channel.isPresent();
    }

    // A machine that has not answered yet is booting: more slots would not help it. All its slots may be busy with what
    // other processes started.
    private synchronized boolean mayPlug() {
        return answered || source.hasAnswered();
    }

    private synchronized boolean beginsToPlug() {
        if (plugging || !mayPlug() || !patience.hasPassed()) {
            return false;
        }
        plugging = true;
        return true;
    }

    private synchronized void endPlugging() {
        plugging = false;
    }

    private void plug(int count, Deadline deadline) {
        var fresh = source.plugSlots(count, deadline);
        synchronized (this) {
            plugged.addAll(fresh);
            // Where there is nobody to ask, the guest's udev does it.
            channels.stream()
                    .filter(channel -> channel.hasAnswered() && !channel.hasEnded())
                    .findFirst()
                    .ifPresent(channel -> channel.haveServed(fresh));
        }
    }

    private synchronized String state() {
        return mayPlug() ? "all are busy" : "none has answered yet";
    }
}

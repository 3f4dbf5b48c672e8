package org.nixlab.guest.channel;

import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.talk.OutputSink;

/**
 * A command that runs in a machine. One thread waits for it; any thread may cancel it or write to its input.
 *
 * <p>Its output waits in a bounded queue: as long as nobody waits for the command, it stops when that is full. Whoever
 * starts a command must either wait for it or close it.
 */
public final class RunningCommand implements AutoCloseable {
    private static final long QUEUE_LIMIT = 1 << 20;
    private static final int GRACE_MILLIS = 2000;

    private final String machine;
    private final String title;
    private final CommandLink link;
    private final StdinStream stdin;
    private final LinkedBlockingQueue<CommandEvent> events = new LinkedBlockingQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private volatile boolean ended;
    private volatile boolean failed;

    public RunningCommand(String machine, String title, CommandLink link) {
        this.machine = machine;
        this.title = title;
        this.link = link;
        this.stdin = new StdinStream(link, title + " has ended");
    }

    /**
     * Returns the command's standard input, of a request that asks for one. Writing waits until the command has taken
     * what was written before; it fails with an exception when the command has ended or its machine went away.
     */
    public OutputStream stdin() {
        return stdin;
    }

    /**
     * Waits for the end of the command, passing its output on.
     *
     * @throws DeadlineException if the deadline passes first; the command is cancelled
     * @throws CancelledException if the thread is interrupted; the command is cancelled
     * @throws CommandLostException if the machine goes away
     */
    public CommandExit await(OutputSink sink, Deadline deadline) {
        while (true) {
            var event = next(deadline);
            if (event instanceof CommandEvent.Exited exited) {
                return exited.exit();
            }
            if (event instanceof CommandEvent.Output output) {
                sink.received(output.stream(), output.data());
            }
        }
    }

    /** Ends everything the command started, gently first and by force after two seconds. It can still be awaited. */
    public void cancel() {
        if (!ended) {
            link.cancel(GRACE_MILLIS);
        }
    }

    /** Cancels the command if it still runs, without waiting, and forgets its output. */
    @Override
    public void close() {
        // Another thread may still wait for it.
        giveUp("it was given up");
    }

    /** As {@link #close()}; who waits for the command is told why. */
    public void giveUp(String reason) {
        if (!ended) {
            ended = true;
            link.abandon(GRACE_MILLIS);
            lost(reason);
        }
    }

    /** Returns the next thing the command reports. */
    public CommandEvent next(Deadline deadline) {
        try {
            var event = events.poll(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw timedOut();
            }
            return taken(event);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Returns what the command has reported already, without waiting. */
    Optional<CommandEvent> poll() {
        return Optional.ofNullable(events.poll()).map(this::taken);
    }

    private CommandEvent taken(CommandEvent event) {
        if (event instanceof CommandEvent.Lost lost) {
            ended = true;
            throw new CommandLostException(lost.reason(), title, machine);
        }
        if (event instanceof CommandEvent.Output output) {
            var before = queued.getAndAdd(-output.data().length);
            if (before > QUEUE_LIMIT && before - output.data().length <= QUEUE_LIMIT) {
                link.resume();
            }
        } else {
            ended = true;
        }
        return event;
    }

    /** For who waits for something else of the command: fails as {@link #await} would if it has to end now. */
    public void check(Deadline deadline) {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
        if (deadline.hasPassed()) {
            throw timedOut();
        }
    }

    /** Returns whether the command has ended with an error, or its machine is lost. */
    public boolean hasFailed() {
        return failed;
    }

    /** Called by the channel's thread; returns false when no more output should come for now. */
    public boolean offer(CommandEvent.Output output) {
        events.add(output);
        return queued.addAndGet(output.data().length) <= QUEUE_LIMIT;
    }

    /** Called by the channel's thread. */
    public boolean wantsMore() {
        return queued.get() <= QUEUE_LIMIT;
    }

    public void granted(int bytes) {
        stdin.grant(bytes);
    }

    public void exited(CommandExit exit) {
        failed = exit.status() != 0;
        stdin.end();
        events.add(new CommandEvent.Exited(exit));
    }

    public void lost(String reason) {
        failed = true;
        stdin.end();
        events.add(new CommandEvent.Lost(reason));
    }

    private DeadlineException timedOut() {
        close();
        return new DeadlineException("timed out waiting for the end of " + title + "; it was cancelled", machine, "");
    }

    private CancelledException interrupted() {
        close();
        Thread.currentThread().interrupt();
        return new CancelledException(title);
    }
}

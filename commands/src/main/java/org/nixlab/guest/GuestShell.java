package org.nixlab.guest;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.Threads;
import org.nixlab.guest.bulk.BulkPath;
import org.nixlab.guest.bulk.CopyPath;
import org.nixlab.guest.bulk.SlotPath;
import org.nixlab.guest.channel.ChannelSource;
import org.nixlab.guest.channel.CommandLink;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.guest.channel.StdinStream;
import org.nixlab.guest.classic.Backdoor;
import org.nixlab.guest.slots.Frame;
import org.nixlab.guest.slots.SlotPool;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.HeardOutput;
import org.nixlab.talk.KeptOutput;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellSession;
import org.nixlab.talk.TerminalSession;

/**
 * Runs commands in one machine and opens terminals on it. Safe for use by many threads: as many commands run at once as
 * the machine has slots, and further slots are plugged in as needed. A machine without slots is served through its
 * classic backdoor, one command at a time.
 *
 * <p>Closing it ends its commands.
 */
public final class GuestShell implements AutoCloseable {
    private static final int TITLE = 60;

    // A slot answers within milliseconds, unless the guest is still booting or ends the command of a dead client.
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(4);

    private final ChannelSource source;
    private final SlotPool slots;
    private Backdoor backdoor; // guarded by this

    public GuestShell(ChannelSource source) {
        this(source, ANSWER_LIMIT);
    }

    GuestShell(ChannelSource source, Duration answerLimit) {
        this.source = source;
        this.slots = new SlotPool(source, answerLimit);
    }

    /**
     * Starts a command as soon as a slot is free. The caller awaits or closes what is returned.
     *
     * @throws org.nixlab.base.DeadlineException if no slot could be had in time
     * @throws org.nixlab.base.CancelledException if the thread is interrupted
     */
    public RunningCommand start(ExecRequest request, Deadline deadline) {
        return start(title(request), request, request.stdin().isPresent(), deadline);
    }

    /** As {@link #start}, for a caller that writes to {@link RunningCommand#stdin()} itself. */
    public RunningCommand startWithInput(ExecRequest request, Deadline deadline) {
        return start(title(request), request, true, deadline);
    }

    /** Runs a command to its end and keeps its output. */
    public Result run(ExecRequest request, Deadline deadline) {
        return run(request, new KeptOutput(), deadline);
    }

    /** Runs a command to its end and passes its output on as it comes. */
    public Result run(ExecRequest request, HeardOutput output, Deadline deadline) {
        var begin = System.nanoTime();
        try (var running = start(request, deadline)) {
            var exit = running.await(output, deadline);
            return output.result(source.machine(), request.command(), exit.status(), begin);
        }
    }

    /**
     * Opens a shell that keeps its state from one command to the next. The caller closes it.
     *
     * @param request its user, directory and variables; the command in it is not used
     */
    public ShellSession keep(ExecRequest request, Deadline deadline) {
        requireSlots("shells that keep their state", deadline);
        return new KeptShell(this, source.machine(), request, deadline);
    }

    /**
     * Opens a login shell on a terminal of its own.
     *
     * @param user whose shell; root's without one
     * @param terminalType value of {@code TERM}
     */
    public TerminalSession openTerminal(
            Optional<String> user, String terminalType, int columns, int rows, Deadline deadline) {
        requireSlots("terminals", deadline);
        var script = GuestScript.login(user, terminalType);
        var links = new CommandLink[1];
        var command = slots.start(
                link -> {
                    links[0] = link;
                    return new RunningCommand(source.machine(), "the terminal", link);
                },
                nonce -> Frame.terminal(script, rows, columns, nonce),
                deadline);
        return new GuestTerminal(command, links[0]);
    }

    /** @throws org.nixlab.base.LabException if the machine has only the classic backdoor */
    public void requireSlots(String what, Deadline deadline) {
        if (classic(deadline).isPresent()) {
            throw Backdoor.cannot(what, source.machine());
        }
    }

    /** Returns a way for the bytes of one copy; waits for it until the deadline, which is that of the whole copy. */
    public CopyPath copyPath(Deadline deadline) {
        return BulkPath.take(source, deadline).<CopyPath>map(path -> path).orElseGet(SlotPath::new);
    }

    /** Returns the directory in the machine where nixlab's programs are. */
    public String programs() {
        return source.programs();
    }

    /** Ends all commands and terminals and disconnects. */
    @Override
    public void close() {
        close("the channels were closed");
    }

    /** As {@link #close()}; what ends says why. */
    public void close(String reason) {
        slots.close(reason);
        Optional<Backdoor> toClose;
        synchronized (this) {
            toClose = Optional.ofNullable(backdoor);
        }
        toClose.ifPresent(classic -> classic.close(reason));
    }

    /** As {@link #start}, for a script the user knows only as what {@code title} says. */
    public RunningCommand start(String title, ExecRequest request, boolean stdin, Deadline deadline) {
        var script = GuestScript.of(request);
        var running = classic(deadline)
                .map(classic -> classic.start(title, script, stdin, deadline))
                .orElseGet(() -> slots.start(
                        link -> new RunningCommand(source.machine(), title, link),
                        nonce -> Frame.run(script, stdin, nonce),
                        deadline));
        request.stdin().ifPresent(input -> pump(input, running));
        return running;
    }

    private synchronized Optional<Backdoor> classic(Deadline deadline) {
        awaitSockets(deadline);
        if (!source.slots().isEmpty()) {
            return Optional.empty();
        }
        if (backdoor == null) {
            source.backdoor().ifPresent(socket -> backdoor = new Backdoor(socket, source.machine()));
        }
        return Optional.ofNullable(backdoor);
    }

    // A machine that was started a moment ago has none yet, and then is not a classic one.
    private void awaitSockets(Deadline deadline) {
        var there = new Condition(
                "the channels of " + source.machine(),
                () -> new Observation(
                        !source.slots().isEmpty() || source.backdoor().isPresent(), "QEMU is starting"),
                "");
        Await.host().until(there, deadline);
    }

    // Reading the source may block for ever (a terminal, a pipe), so it needs a thread that nobody waits for.
    private void pump(InputStream input, RunningCommand running) {
        Threads.start(source.machine() + "-stdin", () -> {
            try {
                input.transferTo(running.stdin());
                running.stdin().close();
            } catch (StdinStream.EndedException e) {
                // The command ended before its input did; its exit code tells the rest.
            } catch (Throwable e) {
                // It must not take what came so far for the whole.
                running.giveUp("the input could not be read (" + e.getMessage() + ")");
            }
        });
    }

    private static String title(ExecRequest request) {
        var command = request.command().strip();
        var line = command.lines().findFirst().orElse("");
        var shown = line.length() <= TITLE && line.length() == command.length()
                ? line
                : line.substring(0, Math.min(TITLE, line.length())) + "...";
        return "`" + shown + "`";
    }
}

package org.nixlab.guest.classic;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.channel.CommandEvent;
import org.nixlab.guest.channel.CommandExit;
import org.nixlab.guest.channel.CommandLink;
import org.nixlab.guest.channel.Connection;
import org.nixlab.guest.channel.Nonce;
import org.nixlab.guest.channel.Port;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.talk.OutputSink;

/**
 * The classic backdoor of a machine that has nothing better: one command at a time, its output only at its end; a
 * command starts when all of its input is known. Safe for use by many threads.
 */
public final class Backdoor {
    /** What a console carries in some minutes. */
    private static final int MOST_INPUT = 32 << 20;

    private static final int CANCELLED = 128 + 15;
    private static final Duration PROBE_AGAIN = Duration.ofSeconds(2);

    /** A command that runs may print nothing for long. To ask costs the guest next to nothing. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private enum State {
        /** Not known to have a shell at the other end. */
        SILENT,
        IDLE,
        BUSY,
        ENDING,
        CLOSED
    }

    private final Path socket;
    private final String machine;
    private final BackdoorReader reader = new BackdoorReader(new Answers());
    private Connection connection; // guarded by this
    private State state = State.CLOSED; // guarded by this
    private long probed; // guarded by this
    private long heard; // when something came last, or was asked for; guarded by this
    private Link link; // guarded by this

    public Backdoor(Path socket, String machine) {
        this.socket = socket;
        this.machine = machine;
    }

    /**
     * Starts a command when the last one has ended.
     *
     * @param stdin whether it reads what is written to {@link RunningCommand#stdin()}, rather than nothing
     */
    public RunningCommand start(String title, byte[] script, boolean stdin, Deadline deadline) {
        var started = new ArrayList<RunningCommand>(1);
        var condition = new Condition(
                "the backdoor of " + machine,
                () -> {
                    tryStart(title, script, stdin).ifPresent(started::add);
                    return new Condition.Observation(!started.isEmpty(), started.isEmpty() ? what() : "");
                },
                machine + " has only the classic backdoor, which runs one command at a time");
        Await.host().until(condition, deadline);
        return started.get(0);
    }

    /** Disconnects; a command that runs is lost for this reason. */
    public void close(String reason) {
        Connection toClose;
        synchronized (this) {
            toClose = connection;
        }
        if (toClose != null) {
            toClose.close(reason);
        }
    }

    private synchronized Optional<RunningCommand> tryStart(String title, byte[] script, boolean stdin) {
        if (state == State.CLOSED) {
            connect();
        }
        if (state != State.IDLE) {
            return Optional.empty();
        }
        link = new Link(script);
        link.command = new RunningCommand(machine, title, link);
        state = State.BUSY;
        if (stdin) {
            link.command.granted(MOST_INPUT);
        } else {
            link.run();
        }
        return Optional.of(link.command);
    }

    /** Returns whether the guest has a command whose end it is to tell of. */
    private boolean runs() {
        return (state == State.BUSY || state == State.ENDING) && link.wasSent();
    }

    private synchronized String what() {
        return switch (state) {
            case CLOSED -> "another client uses it";
            case SILENT -> "it has not answered yet";
            default -> "it is busy";
        };
    }

    // A new connection starts only when the last one has let go of the lock.
    private void connect() {
        if (connection != null && !connection.hasEnded()) {
            return;
        }
        Port.tryOpen(socket, machine).ifPresent(port -> {
            connection = new Connection(port, new Traffic());
            state = State.SILENT;
            probe();
            connection.start(machine + "-backdoor");
        });
    }

    private void probe() {
        probed = System.nanoTime();
        var nonce = Nonce.next();
        reader.expectProbe(nonce);
        send(BackdoorScript.probe(nonce));
    }

    private void send(String text) {
        connection.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private final class Traffic implements Connection.Protocol {
        @Override
        public void received(ByteBuffer data) {
            synchronized (Backdoor.this) {
                heard = System.nanoTime();
            }
            reader.read(data);
        }

        // Always: a console drops what is not read at once.
        @Override
        public boolean wantsMore() {
            return true;
        }

        // A console without a shell drops what is written to it, so the question is asked until it is answered.
        @Override
        public Optional<String> tick() {
            synchronized (Backdoor.this) {
                if (state == State.SILENT && System.nanoTime() - probed > PROBE_AGAIN.toNanos()) {
                    probe();
                }
                if (runs() && System.nanoTime() - heard > ASK_AGAIN.toNanos()) {
                    heard = System.nanoTime();
                    send(BackdoorScript.askWhetherGone(link.nonce));
                }
                return Optional.empty();
            }
        }

        @Override
        public void ended(String reason) {
            Optional<RunningCommand> orphan;
            synchronized (Backdoor.this) {
                orphan = state == State.BUSY ? Optional.of(link.command) : Optional.empty();
                state = State.CLOSED;
            }
            orphan.ifPresent(command -> command.lost(reason));
        }
    }

    private final class Answers implements BackdoorReader.Listener {
        @Override
        public void answered() {
            synchronized (Backdoor.this) {
                if (state == State.SILENT) {
                    state = State.IDLE;
                }
            }
        }

        @Override
        public void output(OutputSink.Stream stream, byte[] data) {
            synchronized (Backdoor.this) {
                if (state == State.BUSY) {
                    link.command.offer(new CommandEvent.Output(stream, data));
                }
            }
        }

        @Override
        public void more() {
            synchronized (Backdoor.this) {
                send(BackdoorScript.goOn());
            }
        }

        // The line that tells of the end can be lost as any other, or who writes it be killed.
        @Override
        public void gone() {
            synchronized (Backdoor.this) {
                if (state == State.BUSY) {
                    link.command.lost("the console of the machine did not tell of the end");
                }
                state = State.IDLE;
            }
        }

        @Override
        public void exited(int status, boolean complete) {
            synchronized (Backdoor.this) {
                if (state == State.BUSY && complete) {
                    link.command.exited(new CommandExit(status, link.cancelled, 0));
                } else if (state == State.BUSY) {
                    link.command.lost("output was lost on the console of the machine");
                }
                state = State.IDLE;
            }
        }
    }

    private final class Link implements CommandLink {
        private final byte[] script;
        private final ByteArrayOutputStream input = new ByteArrayOutputStream(); // guarded by Backdoor.this
        private RunningCommand command;
        private String nonce; // of what was sent; guarded by Backdoor.this
        private boolean cancelled; // guarded by Backdoor.this

        Link(byte[] script) {
            this.script = script;
        }

        /** Called while {@code Backdoor.this} is locked. */
        boolean wasSent() {
            return nonce != null;
        }

        /** Called while {@code Backdoor.this} is locked. */
        void run() {
            nonce = Nonce.next();
            heard = System.nanoTime();
            reader.expectCommand(nonce);
            send(BackdoorScript.run(script, input.toByteArray(), nonce));
        }

        @Override
        public void stdin(byte[] data, int offset, int length) {
            synchronized (Backdoor.this) {
                input.write(data, offset, length);
                if (link == this && state == State.BUSY && input.size() >= MOST_INPUT) {
                    command.lost("the classic backdoor takes no more than " + MOST_INPUT / (1 << 20) + " MiB of input");
                    state = State.IDLE;
                }
            }
        }

        @Override
        public void endOfStdin() {
            synchronized (Backdoor.this) {
                if (link == this && state == State.BUSY && !wasSent()) {
                    run();
                }
            }
        }

        @Override
        public void resize(int rows, int columns) {
            throw new IllegalStateException("the backdoor has no terminal");
        }

        @Override
        public void cancel(int graceMillis) {
            boolean begun;
            synchronized (Backdoor.this) {
                if (link != this || state != State.BUSY) {
                    return;
                }
                begun = wasSent();
                stop(graceMillis);
            }
            // Not under the lock: a thread that writes input holds that of the input and may wait for this one.
            if (!begun) {
                command.exited(new CommandExit(CANCELLED, true, 0));
            }
        }

        @Override
        public void abandon(int graceMillis) {
            synchronized (Backdoor.this) {
                if (link == this && state == State.BUSY) {
                    stop(graceMillis);
                    if (wasSent()) {
                        state = State.ENDING;
                    }
                }
            }
        }

        private void stop(int graceMillis) {
            if (wasSent()) {
                cancelled = true;
                send(BackdoorScript.cancel(graceMillis));
            } else {
                state = State.IDLE;
            }
        }

        @Override
        public void resume() {
            // Nothing was held back.
        }
    }

    /** What a caller gets who asks for more than a backdoor can do. */
    public static LabException cannot(String what, String machine) {
        return LabException.host(
                machine + " has only the classic backdoor, which has no " + what,
                machine,
                "build the machine with nixlab to have its channels");
    }
}

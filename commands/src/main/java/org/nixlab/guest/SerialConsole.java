package org.nixlab.guest;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.guest.channel.Connection;
import org.nixlab.guest.channel.Port;
import org.nixlab.talk.TerminalSession;

/**
 * The far end of a machine's serial line. One client at a time has it. It has no size, and what runs on it goes on when one
 * leaves; what is typed after its end goes nowhere.
 */
public final class SerialConsole implements TerminalSession {
    private static final int QUEUE_LIMIT = 64;
    private static final byte[] END = {};
    /** QEMU takes what comes for the guest as fast as that reads it. */
    private static final Duration TAKEN = Duration.ofSeconds(30);

    private final String machine;
    private final Connection connection;
    private final LinkedBlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

    private SerialConsole(String machine, Port port) {
        this.machine = machine;
        this.connection = new Connection(port, new Traffic());
    }

    /**
     * Connects, waiting for another client to leave.
     *
     * @throws DeadlineException if it does not leave in time
     */
    public static SerialConsole open(Path socket, String machine, Deadline deadline) {
        var opened = new SerialConsole[1];
        var free = new Condition(
                "the serial console of " + machine,
                () -> {
                    Port.tryOpen(socket, machine).ifPresent(port -> opened[0] = new SerialConsole(machine, port));
                    return new Condition.Observation(opened[0] != null, "another terminal is attached to it");
                },
                "leave it there with Ctrl-]");
        Await.host().until(free, deadline);
        opened[0].connection.start(machine + "-console");
        return opened[0];
    }

    @Override
    public Optional<byte[]> read(Deadline deadline) {
        try {
            var bytes = received.poll(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (bytes == null) {
                throw new DeadlineException("the serial console printed nothing in time", machine, "");
            }
            if (bytes == END) {
                // For the next who reads.
                received.add(END);
                return Optional.empty();
            }
            connection.wakeUp();
            return Optional.of(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("the serial console");
        }
    }

    @Override
    public OutputStream keyboard() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (!connection.hasEnded()) {
                    connection.send(ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, offset + length)));
                }
            }

            /** Returns when QEMU has taken all of it, so that it reaches the guest also when the console is closed. */
            @Override
            public void close() {
                var taken = new Condition(
                        "the serial console of " + machine + " to take what was typed",
                        () -> new Condition.Observation(connection.waiting() == 0 || connection.hasEnded(), ""),
                        "");
                Await.host().until(taken, Deadline.in(TAKEN));
            }
        };
    }

    @Override
    public void resize(int columns, int rows) {
        // A serial line cannot tell.
    }

    @Override
    public void close() {
        connection.close("the console was closed");
    }

    private final class Traffic implements Connection.Protocol {
        @Override
        public void received(ByteBuffer data) {
            var bytes = new byte[data.remaining()];
            data.get(bytes);
            received.add(bytes);
        }

        @Override
        public boolean wantsMore() {
            return received.size() < QUEUE_LIMIT;
        }

        @Override
        public Optional<String> tick() {
            return Optional.empty();
        }

        @Override
        public void ended(String reason) {
            received.add(END);
        }
    }
}

package org.nixlab.guest.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.guest.GuestShell;
import org.nixlab.guest.channel.CommandEvent;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.guest.channel.StdinStream;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.ShellWord;

/**
 * Any number of two-way streams to ports of a machine and to programs in it, over one slot. Safe for use by many threads.
 *
 * <p>Closing it closes the streams and ends the programs.
 */
public final class StreamMultiplexer implements AutoCloseable {
    private static final int HEADER = 9;
    /** More than any message has: data comes in pieces of 32 KiB. */
    private static final int LONGEST = 256 * 1024;

    private final String machine;
    private final RunningCommand running;
    private final Map<Integer, GuestStream> streams = new ConcurrentHashMap<>();
    private final AtomicInteger nextNumber = new AtomicInteger(1);
    private final Object sending = new Object();
    private volatile String ended = "";
    private ByteBuffer received = ByteBuffer.allocate(0); // the reader's

    private StreamMultiplexer(String machine, RunningCommand running) {
        this.machine = machine;
        this.running = running;
    }

    /**
     * Occupies a slot. The caller closes what is returned.
     *
     * @throws org.nixlab.base.DeadlineException if there is no free slot in time
     * @throws LabException if the machine has only the classic backdoor
     */
    public static StreamMultiplexer open(GuestShell shell, String machine, Deadline deadline) {
        shell.requireSlots("streams", deadline);
        var request = ExecRequest.of("exec " + ShellWord.quote(shell.programs() + "/streams"));
        var streams = new StreamMultiplexer(machine, shell.start("the streams", request, true, deadline));
        Threads.start(machine + "-streams", streams::read);
        return streams;
    }

    /** Returns whether the slot was lost, and with it all streams. */
    public boolean hasEnded() {
        return !ended.isEmpty();
    }

    /**
     * Connects to a port, from inside the machine.
     *
     * @param host name or address, as the machine knows it
     * @throws LabException if nothing listens there
     */
    public GuestStream connect(String host, int port, Deadline deadline) {
        return open('T', host + "\0" + port, host + ":" + port + " could not be reached", deadline);
    }

    /** Starts a bash command as root with the stream as its standard input and output; closing the stream hangs up. */
    public GuestStream start(String command, Deadline deadline) {
        // It may hold a secret.
        return open('P', command, "the command could not be started", deadline);
    }

    @Override
    public void close() {
        running.close();
        end("the streams were closed");
    }

    private GuestStream open(char type, String payload, String failure, Deadline deadline) {
        int number = nextNumber.getAndIncrement();
        var stream = new GuestStream(this, number);
        streams.put(number, stream);
        try {
            send(type, number, payload.getBytes(StandardCharsets.UTF_8));
            // After the end nobody looks into the table any more.
            if (hasEnded()) {
                stream.fail(ended);
            }
            stream.awaitOpen(deadline);
            return stream;
        } catch (IOException e) {
            forget(number);
            throw LabException.host(failure + ": " + e.getMessage(), machine, "");
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** Frames of several threads must not mix. */
    void send(char type, int number, byte[] payload) throws IOException {
        send(type, number, payload, 0, payload.length);
    }

    void send(char type, int number, byte[] payload, int offset, int length) throws IOException {
        var frame = ByteBuffer.allocate(HEADER + length);
        frame.put((byte) type).putInt(number).putInt(length).put(payload, offset, length);
        try {
            synchronized (sending) {
                running.stdin().write(frame.array());
            }
        } catch (StdinStream.EndedException e) {
            throw hasEnded() ? new IOException(ended, e) : e;
        }
    }

    void forget(int number) {
        streams.remove(number);
    }

    private void read() {
        try {
            for (var event = running.next(Deadline.never());
                    event instanceof CommandEvent.Output output;
                    event = running.next(Deadline.never())) {
                if (output.stream() == OutputSink.Stream.OUT) {
                    add(output.data());
                }
            }
            end("the machine ended it");
        } catch (LabException e) {
            end(String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            end("the machine broke the protocol of its streams (" + e.getMessage() + ")");
            running.close();
        } catch (Throwable e) {
            // Whoever waits is told, whatever it was: nobody else can.
            end("nixlab failed to read the streams (" + e + ")");
            running.close();
        }
    }

    /** @throws IllegalStateException if the machine breaks the protocol */
    private void add(byte[] data) {
        received = ByteBuffer.allocate(received.remaining() + data.length)
                .put(received)
                .put(data)
                .flip();
        while (received.remaining() >= HEADER && received.remaining() >= HEADER + length()) {
            var type = (char) received.get();
            var stream = streams.get(received.getInt());
            var payload = new byte[received.getInt()];
            received.get(payload);
            if (stream != null) {
                handle(type, stream, payload);
            }
        }
    }

    private int length() {
        int length = received.getInt(received.position() + HEADER - Integer.BYTES);
        if (length < 0 || length > LONGEST) {
            throw new IllegalStateException("message of " + length + " bytes");
        }
        return length;
    }

    private static void handle(char type, GuestStream stream, byte[] payload) {
        switch (type) {
            case 'K' -> stream.opened();
            case 'D' -> stream.received(payload);
            case 'E' -> stream.endOfInput();
            case 'A' -> stream.granted(count(payload));
            case 'X' -> stream.fail(new String(payload, StandardCharsets.UTF_8));
            default -> throw new IllegalStateException("message of the unknown type " + type);
        }
    }

    private static int count(byte[] payload) {
        if (payload.length != Integer.BYTES) {
            throw new IllegalStateException("count of " + payload.length + " bytes");
        }
        return ByteBuffer.wrap(payload).getInt();
    }

    private void end(String reason) {
        ended = reason;
        streams.values().forEach(stream -> stream.fail(reason));
        streams.clear();
    }
}

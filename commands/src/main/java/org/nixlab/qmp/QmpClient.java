package org.nixlab.qmp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.process.Lease;
import org.nixlab.process.UnixSocket;

/**
 * A connection to QEMU's monitor. Safe for use by many threads; several commands may be under way at once.
 *
 * <p>QEMU serves one client at a time, so a client connects only while it holds the lock of the socket.
 *
 * <p>Two daemon threads touch the socket, a reader and a writer: an interrupt of the caller never closes it.
 */
public final class QmpClient implements AutoCloseable {
    private final String place;
    private final Lease lock;
    private final SocketChannel channel;
    private final Consumer<QmpEvent> events;
    private final AtomicLong nextId = new AtomicLong(1);
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<String> outgoing = new LinkedBlockingQueue<>();
    private final CompletableFuture<JsonNode> greeting = new CompletableFuture<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();

    private QmpClient(String place, Lease lock, SocketChannel channel, Consumer<QmpEvent> events) {
        this.place = place;
        this.lock = lock;
        this.channel = channel;
        this.events = events;
    }

    /**
     * Connects, waiting for the socket to appear and for other clients to leave.
     *
     * @param place what the messages name, the machine
     * @param events called for every event, by the reader thread: it must return soon and must not call this client
     * @throws DeadlineException if the monitor could not be had in time
     */
    public static QmpClient connect(Path socket, String place, Consumer<QmpEvent> events, Deadline deadline) {
        var opened = new ArrayList<QmpClient>(1);
        var condition = new Condition(
                "the monitor of " + place,
                () -> {
                    try {
                        var client = tryOpen(socket, place, events);
                        client.ifPresent(opened::add);
                        return new Condition.Observation(client.isPresent(), "another client uses it");
                    } catch (IOException e) {
                        return Condition.Observation.unmet(String.valueOf(e.getMessage()));
                    }
                },
                "see with `status` whether " + place + " runs");
        Await.host().until(condition, deadline);
        var client = opened.get(0);
        try {
            client.start();
            client.await(client.greeting, "its greeting", deadline);
            client.execute("qmp_capabilities", Map.of(), deadline);
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /**
     * Runs a command and returns what it returns, often an empty object.
     *
     * @param arguments strings, numbers, booleans, lists and maps
     * @throws QmpException if QEMU refuses
     * @throws DeadlineException if QEMU does not answer in time; the answer is ignored when it comes
     * @throws LabException if QEMU goes away
     */
    public JsonNode execute(String command, Map<String, ?> arguments, Deadline deadline) {
        var reply = new CompletableFuture<JsonNode>();
        var id = nextId.getAndIncrement();
        waiting.put(id, reply);
        outgoing.add(QmpWire.command(command, arguments, id));
        // After the loss nobody looks into the table any more; before it, the reader finds this entry.
        if (lost.isDone() && !reply.isDone()) {
            waiting.remove(id);
            throw gone(lost.join(), command);
        }
        try {
            var message = await(reply, command, deadline);
            var error = message.path("error");
            if (error.isMissingNode()) {
                return message.path("return");
            }
            throw new QmpException(
                    command, error.path("class").asText(), error.path("desc").asText(), place);
        } finally {
            waiting.remove(id);
        }
    }

    /** Runs a command of the human monitor and returns its text. QEMU reports its errors as text, too. */
    public String human(String commandLine, Deadline deadline) {
        return execute("human-monitor-command", Map.of("command-line", commandLine), deadline)
                .asText();
    }

    /** Returns QEMU's version as it says it in its greeting, such as {@code 7.2.22}. */
    public String version() {
        var version = greeting.join().path("QMP").path("version").path("qemu");
        return version.path("major").asText() + "." + version.path("minor").asText() + "."
                + version.path("micro").asText();
    }

    /** Completes with the reason when the connection has ended, from whichever side. */
    public CompletableFuture<String> whenLost() {
        return lost.copy();
    }

    /** Disconnects and frees the lock. The machine runs on. */
    @Override
    public void close() {
        end("the monitor was closed");
    }

    private static Optional<QmpClient> tryOpen(Path socket, String place, Consumer<QmpEvent> events)
            throws IOException {
        var lock = Lease.tryTakeOfSocket(socket);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            var channel = UnixSocket.tryConnect(socket).orElseThrow(() -> new IOException("QEMU does not answer"));
            return Optional.of(new QmpClient(place, lock.get(), channel, events));
        } catch (IOException e) {
            lock.get().close();
            throw e;
        }
    }

    private void start() {
        Threads.start(place + "-qmp-reader", this::read);
        Threads.start(place + "-qmp-writer", this::write);
    }

    private void read() {
        try {
            var reader =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            for (var line = QmpWire.line(reader); line.isPresent(); line = QmpWire.line(reader)) {
                dispatch(QmpWire.parse(line.get()));
            }
            end("QEMU went away");
        } catch (IOException e) {
            end("QEMU went away (" + e.getMessage() + ")");
        } catch (IllegalStateException e) {
            end("QEMU broke the protocol (" + e.getMessage() + ")");
        } catch (Throwable e) {
            // Whoever waits is told, whatever it was: nobody else can.
            end("nixlab failed to read the monitor (" + e + ")");
        }
    }

    private void dispatch(JsonNode message) {
        if (message.has("event")) {
            events.accept(QmpWire.event(message));
        } else if (message.has("QMP")) {
            greeting.complete(message);
        } else {
            var reply = waiting.get(message.path("id").asLong());
            if (reply != null) {
                reply.complete(message);
            }
        }
    }

    private void write() {
        try {
            while (!lost.isDone()) {
                var buffer = ByteBuffer.wrap(outgoing.take().getBytes(StandardCharsets.UTF_8));
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        } catch (IOException | InterruptedException e) {
            end("QEMU went away (" + e.getMessage() + ")");
        }
    }

    private void end(String reason) {
        if (!lost.complete(reason)) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone, and nobody waits for more.
        }
        lock.close();
        outgoing.add(""); // wakes the writer
        greeting.completeExceptionally(gone(reason, "its greeting"));
        waiting.forEach((id, reply) -> reply.completeExceptionally(gone(reason, "a command")));
    }

    private LabException gone(String reason, String during) {
        return LabException.host(reason + " during " + during, place, "see with `status` whether " + place + " runs");
    }

    private JsonNode await(CompletableFuture<JsonNode> future, String what, Deadline deadline) {
        try {
            return future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new DeadlineException("timed out waiting for QEMU to answer " + what, place, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(what);
        } catch (ExecutionException e) {
            throw LabException.host(
                    lost.join() + " during " + what,
                    place,
                    "see with `status` whether " + place + " runs",
                    e.getCause());
        }
    }
}

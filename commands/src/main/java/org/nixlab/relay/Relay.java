package org.nixlab.relay;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.machine.qemu.MachineStreams;

/**
 * Keeps entrances open and does what it is told on its control socket: one request per connection, one line each
 * ({@code add ENTRANCE}, {@code remove LISTEN}, {@code list}); the answer is {@code ok} and lines, or {@code error} and
 * a reason.
 */
final class Relay {
    /** Requests and answers are a line each; who takes longer has been stopped. */
    private static final Duration TALKING = Duration.ofSeconds(10);

    private final Function<String, MachineStreams> machines;
    private final Consumer<String> log;
    private final Map<String, MachineStreams> streams = new ConcurrentHashMap<>();
    private final Map<String, Listener> listeners = new TreeMap<>(); // guarded by itself

    /**
     * @param machines makes the streams into a machine
     * @param log is told what went wrong for clients, a line each
     */
    Relay(Function<String, MachineStreams> machines, Consumer<String> log) {
        this.machines = machines;
        this.log = log;
    }

    /** Serves the control socket until that is closed; each request in a thread of its own. */
    void serve(ServerSocketChannel control) {
        new Acceptor("control", control::accept, log)
                .run(client -> Threads.start("relay-request", () -> answer(client)));
    }

    private void answer(SocketChannel client) {
        try (var connection = new ControlConnection(client)) {
            var line = connection.read(Deadline.in(TALKING)).strip();
            connection.write(answer(line) + "\n", Deadline.in(TALKING));
        } catch (IOException | LabException e) {
            log.accept("control: " + e.getMessage());
        }
    }

    String answer(String line) {
        var words = line.split(" ", 2);
        try {
            return switch (words[0]) {
                case "list" -> ok(list());
                case "add" -> ok(List.of(add(Entrance.parse(words[1])).line()));
                case "remove" -> remove(words[1]);
                default -> "error unknown request: " + words[0];
            };
        } catch (IOException e) {
            return "error " + e.getMessage();
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            // Not the line: it may hold a command with a key.
            return "error not understood: " + words[0];
        }
    }

    private List<String> list() {
        synchronized (listeners) {
            return listeners.values().stream()
                    .map(listener -> listener.entrance().line())
                    .toList();
        }
    }

    private Entrance add(Entrance wanted) throws IOException {
        var address = Listener.address(wanted);
        synchronized (listeners) {
            var there = listeners.get(wanted.listen());
            if (there != null && there.entrance().equals(wanted)) {
                return wanted;
            }
            if (there != null && wanted.hostPort().isEmpty()) {
                // The socket's file would be replaced under it.
                remove(wanted.listen());
            }
            var listener = Listener.open(wanted, address);
            listeners.put(listener.entrance().listen(), listener);
            listener.start(
                    client -> new Link(listener.entrance(), client, () -> listener.left(client), log)
                            .start(() -> streams.computeIfAbsent(wanted.machine(), machines)),
                    log);
            return listener.entrance();
        }
    }

    private String remove(String listen) throws IOException {
        synchronized (listeners) {
            var listener = listeners.remove(listen);
            if (listener == null) {
                return "error nothing listens on " + listen;
            }
            listener.close();
            return ok(List.of(listener.entrance().line()));
        }
    }

    private static String ok(List<String> lines) {
        return lines.isEmpty() ? "ok" : "ok\n" + String.join("\n", lines);
    }
}

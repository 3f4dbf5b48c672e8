package org.nixlab.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

import org.nixlab.machine.GuestStreams;

/**
 * Keeps entrances open and does what it is told on its control socket: one request per connection, one line each
 * ({@code add ENTRANCE}, {@code remove LISTEN}, {@code list}); the answer is {@code ok} and lines, or {@code error} and
 * a reason.
 */
final class Relay {
    private final Function<String, GuestStreams> machines;
    private final Consumer<String> log;
    private final Map<String, GuestStreams> streams = new ConcurrentHashMap<>();
    private final Map<String, Listener> listeners = new TreeMap<>(); // guarded by itself

    /**
     * @param machines makes the streams into a machine
     * @param log is told what went wrong for clients, a line each
     */
    Relay(Function<String, GuestStreams> machines, Consumer<String> log) {
        this.machines = machines;
        this.log = log;
    }

    /** Serves the control socket until that is closed. */
    void serve(Path control) throws IOException {
        try (var server = Listener.bindPath(control)) {
            while (true) {
                answer(server);
            }
        }
    }

    private void answer(ServerSocketChannel server) throws IOException {
        try (var client = server.accept()) {
            try {
                var line = new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8).strip();
                write(client, answer(line));
            } catch (IOException e) {
                log.accept("control: " + e.getMessage());
            }
        }
    }

    String answer(String line) {
        var words = line.split(" ", 2);
        try {
            return switch (words[0]) {
                case "list" -> ok(list());
                case "add" -> ok(List.of(add(Entrance.parse(words[1])).line()));
                case "remove" -> remove(words[1]);
                default -> "error unknown request: " + line;
            };
        } catch (IOException e) {
            return "error " + e.getMessage();
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return "error not understood: " + line;
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
        synchronized (listeners) {
            var same = listeners.get(wanted.listen());
            if (same != null && same.entrance().equals(wanted)) {
                return wanted;
            }
            var listener = Listener.open(wanted);
            listeners.put(listener.entrance().listen(), listener);
            listener.start(client -> new Link(listener.entrance(), client, () -> listener.left(client), log)
                    .start(() -> streams.computeIfAbsent(wanted.machine(), machines)));
            return listener.entrance();
        }
    }

    private String remove(String listen) throws IOException {
        Listener listener;
        synchronized (listeners) {
            listener = listeners.remove(listen);
        }
        if (listener == null) {
            return "error nothing listens on " + listen;
        }
        listener.close();
        return ok(List.of(listener.entrance().line()));
    }

    private static String ok(List<String> lines) {
        return lines.isEmpty() ? "ok" : "ok\n" + String.join("\n", lines);
    }

    private static void write(SocketChannel client, String answer) throws IOException {
        var bytes = ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }
}

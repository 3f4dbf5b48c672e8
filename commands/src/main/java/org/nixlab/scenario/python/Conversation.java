package org.nixlab.scenario.python;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import com.fasterxml.jackson.core.type.TypeReference;
import org.nixlab.base.CancelledException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/**
 * A connection of one thread of the script. It asks, one thing after the other, and one thread of nixlab's reads, does and
 * answers. That thread is interrupted in calls alone ({@link #endCall}): elsewhere it would close the connection.
 */
final class Conversation implements AutoCloseable {
    private static final TypeReference<Map<String, Object>> REQUEST = new TypeReference<>() {};
    private static final String WHAT = "the script";

    /** The thread of the script answers from now on, and whoever watches asks. */
    private static final String WATCH = "watch";

    /** Nothing is said on the connection; the script ends when it is closed. */
    private static final String LIFE = "live";

    private final SocketChannel channel;
    private final CallServer server;
    private final BufferedReader requests;
    private final OutputStream answers;
    private final CountDownLatch handedOver = new CountDownLatch(1);
    private boolean lost; // for the thread that serves
    private Thread calling; // guarded by this

    Conversation(SocketChannel channel, CallServer server) {
        this.channel = channel;
        this.server = server;
        requests = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        answers = Channels.newOutputStream(channel);
    }

    /** Serves the connection to its end, or until it is for something else. */
    void serve() {
        try {
            var request = serveUntil("nothing");
            if (request.get("do").equals(WATCH)) {
                watch(request);
            } else {
                server.keep(this);
            }
        } catch (CancelledException e) {
            close();
        } finally {
            server.ended(this);
            handedOver.countDown();
        }
    }

    /**
     * Serves the connection until something is asked for, and returns that; it is not answered.
     *
     * @throws CancelledException if the connection or the run ends first
     */
    Map<String, Object> serveUntil(String last) {
        while (true) {
            var request = next();
            server.at((Integer) request.get("line"));
            var what = (String) request.get("do");
            if (what.equals(last) || what.equals(WATCH) || what.equals(LIFE)) {
                return request;
            }
            try {
                send(Json.value(answer(what, request)));
            } catch (LabException e) {
                if (lost) {
                    throw e;
                }
                send(Json.failure(e));
            } catch (RuntimeException e) {
                send(Json.failure(new LabException(ExitCode.BUG, "a bug in nixlab: " + e, "", "", e)));
                throw e;
            }
        }
    }

    private Object answer(String what, Map<String, Object> request) {
        switch (what) {
            case "end" -> server.scriptEnded((Map<?, ?>) request.get("outcome"));
            case "print" -> server.print((String) request.get("to"), (String) request.get("text"));
            case "say" -> ((String) request.get("text")).lines().forEach(server.host()::say);
            case "end step" -> {
                // The step's own connection has gone, and the step has ended with it.
            }
            case "unwatch" -> server.unwatch((Integer) request.get("watch"));
            case "call" -> {
                return call(request);
            }
            case "step" -> step((String) request.get("name"));
            case "line" -> {
                return server.host().line((String) request.get("prompt")).orElse(null);
            }
            case "stopped" -> {
                return server.host().stopped(server.failures().of((Map<?, ?>) request.get("failure")));
            }
            case "console" -> server.host().console((Boolean) request.get("shown"));
            default -> throw new IllegalStateException("nobody knows what '" + what + "' asks for");
        }
        return null;
    }

    private Object call(Map<String, Object> request) {
        synchronized (this) {
            calling = Thread.currentThread();
        }
        try {
            if (server.isOver()) {
                throw new CancelledException(WHAT);
            }
            return server.host()
                    .call(
                            (String) request.get("machine"),
                            (String) request.get("method"),
                            (List<?>) request.get("positional"),
                            named(request));
        } finally {
            synchronized (this) {
                calling = null;
                // Whoever was interrupted can still say so.
                Thread.interrupted();
            }
        }
    }

    /** Interrupts the call that goes on. */
    synchronized void endCall() {
        if (calling != null) {
            calling.interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> named(Map<String, Object> request) {
        return (Map<String, ?>) request.get("named");
    }

    /** The step ends where the script says so; its failure is one that the script goes on with by itself. */
    private void step(String name) {
        var step = new Object() {
            boolean begun;
        };
        try {
            server.host().step(name, () -> {
                send(Json.value(null));
                step.begun = true;
                var failure = (Map<?, ?>) serveUntil("end step").get("failure");
                if (failure != null) {
                    throw server.failures().of(failure);
                }
                return null;
            });
        } catch (RuntimeException e) {
            if (!step.begun || lost) {
                throw e;
            }
        }
    }

    private void watch(Map<String, Object> request) {
        var every = Duration.ofMillis(Math.round(((Number) request.get("seconds")).doubleValue() * 1000));
        send(Json.value(server.watch(new WatchedCondition(this, (String) request.get("name"), every))));
    }

    /** Waits until the thread that served the connection leaves it to the one that watches. */
    void awaitHandover() {
        try {
            handedOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(WHAT);
        }
    }

    private Map<String, Object> next() {
        try {
            var line = requests.readLine();
            if (line != null) {
                return Json.read(line, REQUEST);
            }
        } catch (IOException e) {
            // As if it had ended.
        }
        throw lost();
    }

    void send(Map<String, ?> answer) {
        try {
            answers.write((Json.line(answer) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw lost();
        }
    }

    private CancelledException lost() {
        lost = true;
        return new CancelledException(WHAT);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The script sees the end all the same.
        }
    }
}

package org.nixlab.scenario.python;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;

/**
 * Answers what a script asks, each of its threads on a connection of its own and by a thread of its own. Made and closed by the
 * thread that runs the script.
 */
final class CallServer implements AutoCloseable {
    /** Who is interrupted in a call ends it; what cannot be interrupted is left to end by itself. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final TestHost host;
    private final Failures failures;
    private final ServerSocketChannel listener;
    private final HeardLines out;
    private final HeardLines err;
    private final Map<Conversation, Thread> conversations = new HashMap<>(); // guarded by this
    private final List<Conversation> kept = new ArrayList<>(); // guarded by this
    private final Map<Integer, WatchedCondition> watches = new HashMap<>(); // guarded by this
    private final CompletableFuture<Map<?, ?>> outcome = new CompletableFuture<>();
    private int watchCount; // guarded by this
    private boolean over; // guarded by this
    private volatile int lastLine;

    private CallServer(TestHost host, Failures failures, ServerSocketChannel listener) {
        this.host = host;
        this.failures = failures;
        this.listener = listener;
        out = new HeardLines(host::say);
        err = new HeardLines(host::complain);
    }

    /**
     * Begins to listen.
     *
     * @throws LabException (host) if there can be no such socket
     */
    static CallServer listen(Path socket, TestHost host, Failures failures) {
        try {
            var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(socket));
            var server = new CallServer(host, failures, listener);
            Threads.start("python-connections", server::accept);
            return server;
        } catch (IOException e) {
            throw LabException.host("the script's socket cannot be made: " + e.getMessage(), socket.toString(), "", e);
        }
    }

    private void accept() {
        try {
            while (true) {
                begin(listener.accept());
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private synchronized void begin(SocketChannel channel) {
        var conversation = new Conversation(channel, this);
        conversations.put(conversation, Threads.start("python", conversation::serve));
    }

    TestHost host() {
        return host;
    }

    Failures failures() {
        return failures;
    }

    /** Is told what the script prints, on standard output ("out") or standard error. */
    void print(String to, String text) {
        (to.equals("out") ? out : err).write(text);
    }

    /** Is told the line of the script that asks for something. */
    void at(int line) {
        lastLine = line == 0 ? lastLine : line;
    }

    /** Returns the line of the script that asked last, 0 if none did. */
    int lastLine() {
        return lastLine;
    }

    /** Returns whether nothing is done for the script any more. */
    synchronized boolean isOver() {
        return over;
    }

    /** Keeps a connection on which nothing is said, until this is closed. */
    synchronized void keep(Conversation conversation) {
        kept.add(conversation);
    }

    synchronized void ended(Conversation conversation) {
        conversations.remove(conversation);
    }

    /** Has a condition watched and returns the watch's number. The watch owns the conversation from now on. */
    int watch(WatchedCondition condition) {
        int number;
        synchronized (this) {
            number = ++watchCount;
            watches.put(number, condition);
        }
        condition.begin(host);
        return number;
    }

    void unwatch(int number) {
        WatchedCondition condition;
        synchronized (this) {
            condition = watches.remove(number);
        }
        if (condition != null) {
            condition.close();
        }
    }

    /** Is told by the script that it has come to its end, and with what failure; empty if it passed. */
    void scriptEnded(Map<?, ?> failure) {
        outcome.complete(failure);
    }

    /** Has something done when the script says that it has come to its end. */
    void whenScriptEnds(Consumer<Object> sign) {
        outcome.thenAccept(sign);
    }

    /** Returns what the script said at its end; nothing if it did not come to it. */
    Optional<Map<?, ?>> outcome() {
        return Optional.ofNullable(outcome.getNow(null));
    }

    /** Ends all calls that go on. From now on a script can only say how it ended. */
    void stop() {
        List<Conversation> serving;
        synchronized (this) {
            over = true;
            serving = List.copyOf(conversations.keySet());
        }
        serving.forEach(Conversation::endCall);
    }

    /** Closes all connections, and gives those who serve them a moment to end. */
    @Override
    public void close() {
        stop();
        close(listener);
        List<WatchedCondition> watched;
        synchronized (this) {
            watched = List.copyOf(watches.values());
        }
        watched.forEach(WatchedCondition::close);
        Map<Conversation, Thread> serving;
        synchronized (this) {
            serving = new HashMap<>(conversations);
            kept.forEach(Conversation::close);
        }
        serving.keySet().forEach(Conversation::close);
        await(new ArrayList<>(serving.values()));
        out.close();
        err.close();
    }

    private static void await(List<Thread> threads) {
        var deadline = Deadline.in(GOODBYE);
        boolean interrupted = Thread.interrupted();
        for (var thread : threads) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadline.remaining().toNanos());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(ServerSocketChannel listener) {
        try {
            listener.close();
        } catch (IOException e) {
            // Nobody comes any more.
        }
    }
}

package org.nixlab.scenario.python;

import java.time.Duration;
import java.util.Map;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/** A polling condition of a script, looked at by the script when it is asked to, on a connection for that alone. */
final class WatchedCondition implements AutoCloseable {
    private final Conversation conversation;
    private final String name;
    private final Duration every;
    private Runnable end = () -> {}; // guarded by this
    private boolean closed; // guarded by this

    WatchedCondition(Conversation conversation, String name, Duration every) {
        this.conversation = conversation;
        this.name = name;
        this.every = every;
    }

    /** From now on it is looked at. */
    void begin(TestHost host) {
        var watch = host.watch(name, every, this::look);
        synchronized (this) {
            if (!closed) {
                end = watch;
                return;
            }
        }
        watch.run();
    }

    /** By the thread that watches, which also does what the condition asks of machines. */
    private Object look() {
        conversation.awaitHandover();
        conversation.send(Map.of("look", true));
        var seen = conversation.serveUntil("looked");
        conversation.send(Json.value(null));
        if (!seen.get("holds").equals(true)) {
            throw new LabException(ExitCode.CHECK_FAILED, (String) seen.get("message"), "", "");
        }
        return true;
    }

    @Override
    public void close() {
        Runnable watch;
        synchronized (this) {
            closed = true;
            watch = end;
        }
        watch.run();
        conversation.close();
    }
}

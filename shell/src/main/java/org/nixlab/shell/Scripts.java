package org.nixlab.shell;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Threads;
import org.nixlab.command.Context;
import org.nixlab.shell.script.ScriptSession;

/** The Groovy session, made when it is first needed or shortly before. Until then none of Groovy's classes is loaded. */
final class Scripts {
    private static final int DELAY_MILLIS = 1000;

    private final Context context;
    private volatile FutureTask<ScriptSession> session;
    private final AtomicBoolean warming = new AtomicBoolean();

    Scripts(Context context) {
        this.context = context;
        this.session = making();
    }

    /** @param session one that is there already */
    Scripts(ScriptSession session) {
        this.context = null;
        this.session = new FutureTask<>(() -> session);
        this.session.run();
    }

    private FutureTask<ScriptSession> making() {
        return new FutureTask<>(() -> {
            var made = new ScriptSession(context);
            // The first evaluation takes a hundred times as long as the second.
            made.evaluate("[1].each { it }");
            return made;
        });
    }

    /** Makes the session in the background, after a moment in which what was typed ahead is served. */
    void warmUp() {
        if (warming.getAndSet(true)) {
            return;
        }
        var thread = Threads.unstarted("groovy", () -> {
            try {
                Thread.sleep(DELAY_MILLIS);
                session.run();
            } catch (InterruptedException e) {
                // Nobody interrupts it; if so, the first Groovy line makes the session.
            }
        });
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    boolean isReady() {
        return session.isDone();
    }

    /** Returns whether a line before gave a word a value. Neither waits for the session nor makes it. */
    boolean isVariable(String word) {
        try {
            return session.isDone() && session.get().isVariable(word);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** Returns the session, waiting for it or making it. */
    ScriptSession get() {
        var making = session;
        making.run();
        try {
            return making.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("starting Groovy");
        } catch (ExecutionException e) {
            // The next line may not be interrupted.
            session = making();
            if (e.getCause() instanceof CancelledException cancelled) {
                throw cancelled;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}

package org.nixlab.base;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what was registered in reverse order, keeps the first failure and adds the others to it as suppressed. What is
 * registered after closing is closed at once. Safe for use by many threads.
 */
public final class Closer implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>(); // guarded by this
    private boolean closed; // guarded by this

    /** Takes ownership of {@code resource} and returns it. */
    public <T extends AutoCloseable> T register(T resource) {
        synchronized (this) {
            if (!closed) {
                open.push(resource);
                return resource;
            }
        }
        var failure = closeOne(resource, null);
        if (failure != null) {
            throw failure;
        }
        return resource;
    }

    /** Closes everything. Calling it again does nothing. */
    @Override
    public void close() {
        Deque<AutoCloseable> toClose;
        synchronized (this) {
            closed = true;
            toClose = new ArrayDeque<>(open);
            open.clear();
        }
        RuntimeException failure = null;
        for (var resource : toClose) {
            failure = closeOne(resource, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException closeOne(AutoCloseable resource, RuntimeException earlier) {
        try {
            resource.close();
            return earlier;
        } catch (Exception e) {
            var failure = e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
            if (earlier == null) {
                return failure;
            }
            earlier.addSuppressed(failure);
            return earlier;
        }
    }
}

package org.nixlab.base;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Where all threads of nixlab come from: daemons, whose names begin with {@code nixlab-}.
 *
 * <p>Whoever starts one catches in it what somebody waits for. What a thread does not catch is a bug and is told to the
 * virtual machine's {@linkplain Thread#setDefaultUncaughtExceptionHandler default handler}, by the thread that ends; but
 * not a {@link CancelledException}, since whoever interrupted the thread knows. Where there is no such handler it is
 * printed to standard error: right for a log, wrong for a terminal, on which a guest or a prompt may be drawn.
 */
public final class Threads {
    private Threads() {}

    /** @param name what follows {@code nixlab-}: the machine, if it is about one, and the work */
    public static Thread start(String name, Runnable work) {
        var thread = unstarted(name, work);
        thread.start();
        return thread;
    }

    /** As {@link #start}, for somebody who starts it later. */
    public static Thread unstarted(String name, Runnable work) {
        var thread = new Thread(work, "nixlab-" + name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(Threads::report);
        return thread;
    }

    /**
     * Does some work to its end in a thread of its own and returns then, however often the caller is interrupted; the
     * interrupt stays with the caller. What the work fails with is thrown here.
     *
     * @param work comes to an end by itself
     */
    public static void undisturbed(String name, Runnable work) {
        var task = new FutureTask<Void>(work, null);
        var thread = start(name, task);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        try {
            result(task);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Returns what a task came to, or throws what it threw, a checked exception as the cause of another.
     *
     * @param ended it is done
     */
    public static <T> T result(FutureTask<T> ended) {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("the task is not done", e);
        }
    }

    private static void report(Thread thread, Throwable failure) {
        if (!(failure instanceof CancelledException)) {
            thread.getThreadGroup().uncaughtException(thread, failure);
        }
    }
}

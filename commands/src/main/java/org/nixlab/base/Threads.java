package org.nixlab.base;

import java.lang.Thread.UncaughtExceptionHandler;

import static java.util.Objects.requireNonNull;

/**
 * Where all threads of nixlab come from: daemons, whose names begin with {@code nixlab-}.
 *
 * <p>Whoever starts one catches in it what somebody waits for. What a thread does not catch is a bug and is told to the
 * one reporter of the program, by the thread that ends; but not a {@link CancelledException}, since whoever interrupted
 * the thread knows. A program that names no reporter leaves it to the virtual machine, which prints it to standard error:
 * right for a log, wrong for a terminal, on which a guest or a prompt may be drawn.
 */
public final class Threads {
    private static volatile UncaughtExceptionHandler reporter =
            (thread, failure) -> thread.getThreadGroup().uncaughtException(thread, failure);

    private Threads() {}

    /** Names who is told what ends a thread, from now on and of all threads; called by any of them. */
    public static void reportTo(UncaughtExceptionHandler reporter) {
        Threads.reporter = requireNonNull(reporter, "reporter");
    }

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

    private static void report(Thread thread, Throwable failure) {
        if (!(failure instanceof CancelledException)) {
            reporter.uncaughtException(thread, failure);
        }
    }
}

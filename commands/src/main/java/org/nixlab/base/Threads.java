package org.nixlab.base;

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

    private static void report(Thread thread, Throwable failure) {
        if (!(failure instanceof CancelledException)) {
            thread.getThreadGroup().uncaughtException(thread, failure);
        }
    }
}

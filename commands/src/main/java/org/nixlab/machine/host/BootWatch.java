package org.nixlab.machine.host;

import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Consumer;

import org.nixlab.base.Threads;
import org.nixlab.machine.Phase;

import static java.util.Objects.requireNonNull;

/**
 * Watches a booting machine's console from a thread of its own until it is closed, and tells the phases it shows, and
 * that its kernel panicked. A kernel that does so before it has the device to report it by only starts anew, and does it
 * again.
 */
public final class BootWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(200);

    private final VmDirectory directory;
    private final long begin;
    private final Consumer<Phase> news;
    private final Runnable panic;
    private final Thread thread;

    /**
     * @param begin place in the console's log from which on a panic is one of this boot
     * @param panic called by the watch's thread, once
     */
    public BootWatch(VmDirectory directory, long begin, Consumer<Phase> news, Runnable panic) {
        this.directory = requireNonNull(directory, "directory");
        this.begin = begin;
        this.news = requireNonNull(news, "news");
        this.panic = requireNonNull(panic, "panic");
        this.thread = Threads.unstarted("boot-watch", this::watch);
    }

    public void start() {
        thread.start();
    }

    /** Ends the watch; nothing is told any more when this returns. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        var told = Phase.STARTING;
        try {
            while (true) {
                Thread.sleep(PERIOD.toMillis());
                var console = Console.since(directory, begin);
                if (console.panicked()) {
                    panic.run();
                    return;
                }
                var seen = phase(directory);
                if (seen != told) {
                    told = seen;
                    news.accept(seen);
                }
                if (console.initStarted()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Closed: the machine has come further, or will not.
        }
    }

    /**
     * Returns how far a boot has come by what can be seen from outside. QEMU starts the kernel itself, with a boot loader
     * in between that takes no time, and the kernel prints nothing unless it has something to complain about.
     */
    public static Phase phase(VmDirectory directory) {
        if (Console.of(directory).initStarted()) {
            return Phase.SYSTEMD;
        }
        return Files.exists(directory.qmp()) ? Phase.KERNEL : Phase.STARTING;
    }
}

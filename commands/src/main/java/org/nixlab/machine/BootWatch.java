package org.nixlab.machine;

import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * Watches a booting machine's console from a thread of its own until it is closed, and tells the phases it shows, and
 * that its kernel panicked. A kernel that does so before it has the device to report it by only starts anew, and does it
 * again.
 */
final class BootWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(200);

    private final VmDirectory directory;
    private final Consumer<Phase> news;
    private final Runnable panic;
    private final Thread thread;

    /** @param panic called by the watch's thread, once */
    BootWatch(VmDirectory directory, Consumer<Phase> news, Runnable panic) {
        this.directory = requireNonNull(directory, "directory");
        this.news = requireNonNull(news, "news");
        this.panic = requireNonNull(panic, "panic");
        this.thread = new Thread(this::watch, "nixlab-boot-watch");
        thread.setDaemon(true);
    }

    void start() {
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
            while (told != Phase.SYSTEMD) {
                Thread.sleep(PERIOD.toMillis());
                if (Console.of(directory).panicked()) {
                    panic.run();
                    return;
                }
                var seen = phase(directory);
                if (seen != told) {
                    told = seen;
                    news.accept(seen);
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
    static Phase phase(VmDirectory directory) {
        if (Console.of(directory).initStarted()) {
            return Phase.SYSTEMD;
        }
        return Files.exists(directory.qmp()) ? Phase.KERNEL : Phase.STARTING;
    }
}

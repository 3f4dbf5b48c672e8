package org.nixlab.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;

/**
 * A program of the host that runs and whose output is collected or streamed.
 *
 * <p>It leads a session of its own ({@code setsid}), so that a Ctrl-C at the terminal does not reach it; whoever started
 * it ends it. Closing ends it and everything in its process group.
 */
public final class HostProcess implements AutoCloseable {
    /** The options of nixpkgs are some twenty MiB. */
    private static final int MOST_OUTPUT = 128 << 20;

    /** What a program printed is there to be read when it has ended. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /** All that Nix says of an evaluation is some MiB. */
    private static final int MOST_ERRORS = 16 << 20;

    private final HostCommand command;
    private final Process process;
    private final Printed output;
    private final Printed errorOutput;

    private HostProcess(HostCommand command, Process process, OutputStream alsoOutput, OutputStream alsoError) {
        this.command = command;
        this.process = process;
        this.output = collect(process.getInputStream(), alsoOutput, MOST_OUTPUT, "output");
        this.errorOutput = collect(process.getErrorStream(), alsoError, MOST_ERRORS, "errors");
    }

    /**
     * Runs a program to its end.
     *
     * @throws LabException if it cannot be started
     * @throws DeadlineException if it has not ended by the deadline; it is closed then
     * @throws CancelledException if the thread is interrupted; it is closed then
     */
    public static ProcessResult run(HostCommand command, Deadline deadline) {
        return run(command, OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), deadline);
    }

    /**
     * Runs a program to its end; what it prints is also written to two streams as it comes, each from a thread of its
     * own.
     */
    public static ProcessResult run(
            HostCommand command, OutputStream alsoOutput, OutputStream alsoError, Deadline deadline) {
        try (var running = start(command, alsoOutput, alsoError)) {
            return running.await(deadline);
        }
    }

    /** Starts a program; the caller owns it and closes it. */
    public static HostProcess start(HostCommand command, OutputStream alsoOutput, OutputStream alsoError) {
        var builder = new ProcessBuilder(ProcessGroups.lead(command.words()));
        command.directory().ifPresent(directory -> builder.directory(directory.toFile()));
        builder.environment().putAll(command.environment());
        try {
            var process = builder.start();
            feed(command, process);
            return new HostProcess(command, process, alsoOutput, alsoError);
        } catch (IOException e) {
            throw LabException.host("could not start " + command.program() + ": " + e.getMessage(), "", "", e);
        }
    }

    /** Waits for the end; see {@link #run}. */
    public ProcessResult await(Deadline deadline) {
        try {
            if (!process.waitFor(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                close();
                throw new DeadlineException("timed out running " + command.program(), "", "");
            }
            // A grandchild that outlives the program may keep its output open; what was printed so far is what counts.
            var limit = Deadline.in(LAST_WORDS).orSooner(deadline);
            output.awaitEnd(limit);
            errorOutput.awaitEnd(limit);
            return new ProcessResult(command, process.exitValue(), output.kept, errorOutput.kept);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new CancelledException(command.program());
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Returns what is done when the program has ended, if what it printed was read or not. */
    public CompletableFuture<?> ended() {
        return process.onExit();
    }

    /** Asks the program and its process group to leave off what they do, as Ctrl-C at a terminal does (SIGINT). */
    public void interrupt() {
        if (process.isAlive()) {
            ProcessGroups.interrupt(process.pid());
        }
    }

    /**
     * Kills the program and its process group, after the time its command grants it to end by itself. Calling it again,
     * or after its end, does nothing.
     */
    @Override
    public void close() {
        if (process.isAlive() && !command.grace().isZero()) {
            ProcessGroups.terminate(process.pid());
            awaitEnd(command.grace());
        }
        if (process.isAlive()) {
            ProcessGroups.kill(process.pid());
            process.destroyForcibly();
        }
    }

    private void awaitEnd(Duration limit) {
        try {
            process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Somebody is in a hurry: it is killed.
            Thread.currentThread().interrupt();
        }
    }

    private static void feed(HostCommand command, Process process) {
        if (command.input().isEmpty()) {
            closeQuietly(process.getOutputStream());
            return;
        }
        thread("input of " + command.program(), () -> {
            try (var stdin = process.getOutputStream()) {
                stdin.write(command.input().get());
            } catch (IOException e) {
                // It ended, or chose not to read on: its exit code tells.
            }
        });
    }

    private static Printed collect(InputStream from, OutputStream also, int most, String what) {
        var printed = new Printed(new KeptEnd(most), new CountDownLatch(1));
        thread(what, () -> {
            try {
                var buffer = new byte[8192];
                boolean heard = true;
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                    printed.kept.add(buffer, n);
                    heard = heard && tell(also, buffer, n);
                }
            } catch (IOException e) {
                // The program was killed: what it had printed is still worth having.
            }
            printed.end.countDown();
        });
        return printed;
    }

    /** What came on one stream so far, and the sign that it is all. */
    private record Printed(KeptEnd kept, CountDownLatch end) {
        void awaitEnd(Deadline deadline) throws InterruptedException {
            end.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Returns whether a listener can go on; the program has to be read from all the same. */
    private static boolean tell(OutputStream listener, byte[] buffer, int length) {
        try {
            listener.write(buffer, 0, length);
            listener.flush();
            return true;
        } catch (IOException | RuntimeException e) {
            System.getLogger(HostProcess.class.getName()).log(System.Logger.Level.DEBUG, "output was not passed on", e);
            return false;
        }
    }

    private static void thread(String what, Runnable body) {
        Threads.start("process-" + what, body);
    }

    private static void closeQuietly(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing was written, so nothing is lost.
        }
    }
}

package org.nixlab.scenario.python;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

/** One run of a test's script. For the one thread that runs it. */
public final class PythonRun {
    /** How long a script that is interrupted may tidy up before it is told to end. */
    private static final Duration TIDYING = Duration.ofMillis(500);

    /** How long a script that has come to its end may take for it, with threads that still run. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    /** By this variable what the script started and left is found. */
    private static final String MARK = "NIXLAB_SCRIPT";

    private static final int SIGNALLED = 128;
    private static final Map<Integer, String> SIGNALS =
            Map.of(1, "SIGHUP", 2, "SIGINT", 6, "SIGABRT", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

    private final PythonScript script;
    private final TestHost host;
    private final PythonInterpreter python;
    private final Path directory;
    private final Failures failures;
    private int lastLine;

    /** @param directory with a short path; what the run needs is made in it, and deleted in the end */
    public PythonRun(PythonScript script, TestHost host, PythonInterpreter python, Path directory) {
        this.script = script;
        this.host = host;
        this.python = python;
        this.directory = directory;
        this.failures = new Failures(script);
    }

    /**
     * Runs the script to its end. Called once.
     *
     * @throws LabException if it fails, with the script's own line as the place; what left a step of {@link TestHost#step} is
     *     the same
     * @throws LabException (usage) if it is no Python
     * @throws LabException (host) if there is no Python, or its process is killed
     * @throws DeadlineException if it has not ended by the deadline
     * @throws CancelledException if the thread is interrupted. In both cases the script has been interrupted, and killed after
     *     a second at the latest; its calls have been, too
     */
    public void run(Deadline deadline) {
        python.check(deadline);
        try (var files = ScriptFiles.write(script, directory);
                var server = CallServer.listen(files.socket(), host, failures)) {
            var mark = files.config().toString();
            var command = python.command(files.module(ScriptFiles.RUNS), files.config())
                    .in(script.directory())
                    .environment(MARK, mark);
            var end = ended(command, mark, server, deadline);
            var failure = server.outcome().orElseThrow(() -> broken(end));
            if (!failure.isEmpty()) {
                throw failures.of(failure);
            }
        }
    }

    /** Returns a failure that names no line of the script with the one where the script stood. */
    public LabException placed(LabException failure) {
        if (!failure.place().isEmpty() || lastLine == 0) {
            return failure;
        }
        return new LabException(
                failure.exitCode(), failure.getMessage(), script.place(lastLine), failure.hint(), failure);
    }

    /** Returns how Python ended, after its end, and that of all it started. */
    private ProcessResult ended(HostCommand command, String mark, CallServer server, Deadline deadline) {
        try (var out = new HeardLines(host::say);
                var err = new HeardLines(host::complain);
                var process = HostProcess.start(command, out, err)) {
            var leader = Daemon.of(process.pid());
            try {
                awaitEnd(process, server, deadline);
            } finally {
                lastLine = stood(server);
                leader.ifPresent(session -> session.endRest(MARK, mark, Deadline.in(Duration.ZERO)));
            }
            return process.await(Deadline.in(GOODBYE));
        }
    }

    private void awaitEnd(HostProcess process, CallServer server, Deadline deadline) {
        var sign = new CompletableFuture<Object>();
        process.ended().thenAccept(sign::complete);
        server.whenScriptEnds(sign::complete);
        try {
            sign.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            interrupt(process, server);
            throw new DeadlineException(
                    "the script did not end in time", script.place(stood(server)), "--timeout gives it more time");
        } catch (InterruptedException e) {
            interrupt(process, server);
            Thread.currentThread().interrupt();
            throw new CancelledException("the script");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a sign has no failure", e);
        }
        server.stop();
        if (!hasEnded(process, GOODBYE)) {
            process.close();
            hasEnded(process, GOODBYE);
        }
    }

    private static void interrupt(HostProcess process, CallServer server) {
        server.stop();
        process.interrupt();
        if (!hasEnded(process, TIDYING)) {
            process.close();
            hasEnded(process, GOODBYE);
        }
    }

    /** Whoever is in more of a hurry interrupts again. */
    private static boolean hasEnded(HostProcess process, Duration limit) {
        try {
            process.ended().get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process has no failure", e);
        }
    }

    /** Returns the line where the script stood when it ended, or where it asked last. */
    private static int stood(CallServer server) {
        return server.outcome()
                .filter(failure -> !failure.isEmpty())
                .map(Failures::lines)
                .filter(lines -> !lines.isEmpty())
                .map(lines -> lines.get(lines.size() - 1))
                .orElse(server.lastLine());
    }

    private LabException broken(ProcessResult end) {
        int code = end.exitCode();
        var how = code > SIGNALLED
                ? "was killed by " + SIGNALS.getOrDefault(code - SIGNALLED, "signal " + (code - SIGNALLED))
                : "ended with " + code;
        return LabException.host(
                python.program() + " " + how + " before the script had come to its end", script.place(lastLine), "");
    }
}

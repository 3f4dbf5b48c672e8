package org.nixlab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/**
 * A program of the host that outlives nixlab: its output goes to a file, and it is found again by its process number
 * together with its start time, which no later process shares.
 *
 * @param pid process number; also the number of its process group and session
 * @param startTicks start time in clock ticks since boot, field 22 of {@code /proc/PID/stat} (proc(5))
 */
public record Daemon(long pid, long startTicks) {

    /**
     * Starts a program in a session of its own, standard input closed.
     *
     * @param log receives what it prints, appended
     * @throws LabException if it cannot be started
     */
    public static Daemon start(HostCommand command, Path log) {
        var builder = new ProcessBuilder(ProcessGroups.lead(command.words()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true);
        command.directory().ifPresent(directory -> builder.directory(directory.toFile()));
        builder.environment().putAll(command.environment());
        try {
            long pid = builder.start().pid();
            return new Daemon(pid, startTicks(pid).orElse(0L));
        } catch (IOException e) {
            throw new LabException(
                    ExitCode.HOST_FAILED, "could not start " + command.program() + ": " + e.getMessage(), "", "", e);
        }
    }

    /** Returns whether this very process still runs. */
    public boolean isAlive() {
        return startTicks(pid).filter(ticks -> ticks == startTicks).isPresent();
    }

    /** Asks the program to end (SIGTERM). */
    public void terminate() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    /** Kills the program and its process group. */
    public void kill() {
        if (isAlive()) {
            ProcessGroups.kill(pid);
        }
    }

    /**
     * Waits until the process has ended.
     *
     * @throws DeadlineException if it has not by the deadline
     */
    public void awaitEnd(Deadline deadline) {
        Await.host()
                .until(
                        new Condition(
                                "the end of process " + pid,
                                () -> isAlive() ? Observation.unmet("running") : Observation.met("ended"),
                                ""),
                        deadline);
    }

    /** Returns the start time of a process, or empty if there is none or only its zombie. */
    private static Optional<Long> startTicks(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The second field is the program's name in parentheses and may hold blanks.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(Long.parseLong(fields[19]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

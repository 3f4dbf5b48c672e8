package org.nixlab.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;

/**
 * A program of the host that outlives nixlab: its output goes to a file, and it is found again by its process number
 * together with its start time, which no later process of the same boot shares, and that boot.
 *
 * @param pid process number; also the number of its process group and session
 * @param startTicks start time in clock ticks since boot, field 22 of {@code /proc/PID/stat} (proc(5))
 * @param boot the host's boot ({@code /proc/sys/kernel/random/boot_id}); empty if it is not known
 */
public record Daemon(long pid, long startTicks, String boot) {
    /** Linux has told programs of a hundred ticks a second for ever (time(7)). */
    private static final long TICK_MILLIS = 10;

    private static final Pattern SAVED = Pattern.compile("(\\d{1,18}) (\\d{1,18})(?: (\\S+))?");

    /**
     * Starts a program in a session of its own, standard input closed.
     *
     * @param output receives its standard output, appended
     * @param errorOutput receives its standard error, appended; may be the same file
     * @throws LabException if it cannot be started
     */
    public static Daemon start(HostCommand command, Path output, Path errorOutput) {
        var builder = new ProcessBuilder(ProcessGroups.lead(command.words()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(errorOutput.toFile()));
        createPrivately(output);
        createPrivately(errorOutput);
        command.directory().ifPresent(directory -> builder.directory(directory.toFile()));
        builder.environment().putAll(command.environment());
        try {
            long pid = builder.start().pid();
            return new Daemon(pid, startTicks(pid).orElse(0L), currentBoot());
        } catch (IOException e) {
            throw LabException.host("could not start " + command.program() + ": " + e.getMessage(), "", "", e);
        }
    }

    /** What programs have to say may be told by keys and passwords. */
    private static void createPrivately(Path file) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // Appended to.
        } catch (IOException e) {
            throw LabException.host("could not write " + file + ": " + e.getMessage(), file.toString(), "", e);
        }
    }

    /** Returns the process that has this number now, or empty if there is none. */
    public static Optional<Daemon> of(long pid) {
        return startTicks(pid).map(ticks -> new Daemon(pid, ticks, currentBoot()));
    }

    /**
     * Returns the process that was saved in a file, which need not run any more; empty if there is no such file, or
     * nothing of that kind in it.
     */
    public static Optional<Daemon> load(Path file) {
        return read(file)
                .map(text -> SAVED.matcher(text.lines().findFirst().orElse("")))
                .filter(Matcher::matches)
                .map(saved -> new Daemon(
                        Long.parseLong(saved.group(1)),
                        Long.parseLong(saved.group(2)),
                        Optional.ofNullable(saved.group(3)).orElse("")));
    }

    /**
     * Writes to a file what is needed to find the process again, whole or not at all.
     *
     * @param more further lines, for whoever reads the file
     */
    public void save(Path file, String... more) {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(
                    fresh,
                    Stream.concat(Stream.of((pid + " " + startTicks + " " + boot).strip()), Stream.of(more))
                            .toList());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the memory it holds, in MiB, or 0 if it does not run ({@code VmRSS} of proc(5)). */
    public long residentMiB() {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kib -> Long.parseLong(kib) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** Returns the file its output goes to, as the kernel names it now; empty if that cannot be told. */
    public Optional<Path> output() {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/1")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether this very process still runs.
     *
     * @throws UncheckedIOException if the caller's process has too many files open to tell
     */
    public boolean isAlive() {
        return (boot.isEmpty() || boot.equals(currentBoot()))
                && startTicks(pid).filter(ticks -> ticks == startTicks).isPresent();
    }

    /** Returns how long ago it was started, whatever the clock has been set to since; never negative. */
    public Duration age() {
        try {
            var uptime = Files.readString(Path.of("/proc/uptime")).split(" ")[0];
            long now = new BigDecimal(uptime).movePointRight(3).longValue();
            return Duration.ofMillis(Math.max(0, now - startTicks * TICK_MILLIS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String currentBoot() {
        return read(Path.of("/proc/sys/kernel/random/boot_id"))
                .map(String::strip)
                .orElse("");
    }

    /**
     * Returns what is in a file, or empty if there is no such file, or its process has just ended.
     *
     * @throws UncheckedIOException if this process has too many files open to tell
     */
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (Files.isReadable(file)) {
                throw new UncheckedIOException(e);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns whether it was made to stand still, by a signal or a debugger ({@code T} and {@code t} of proc(5)). */
    public boolean isFrozen() {
        return isAlive()
                && stat(pid).filter(fields -> fields[0].equalsIgnoreCase("t")).isPresent();
    }

    /** Lets a program that was made to stand still go on (SIGCONT). */
    public void thaw() {
        if (isAlive()) {
            ProcessGroups.resume(pid);
        }
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
            // Right after its start it leads no group yet.
            killAlone();
        }
    }

    /** Kills the program; what it started may notice and end in its own way. */
    public void killAlone() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /**
     * Waits until also what the program started in its session has ended, which it is expected to do when the program has;
     * after the deadline it is killed. Long after, and when the host was started anew, others may have a session of that
     * number: what was not started with the same value of a variable is left alone.
     *
     * @param variable a name in the environment the program was started with
     * @param value what no other program was started with
     */
    public void endRest(String variable, String value, Deadline deadline) {
        var ended = new Condition(
                "the end of what process " + pid + " started",
                () -> new Observation(rest(variable, value).isEmpty(), ""),
                "");
        try {
            Await.host().until(ended, deadline);
        } catch (DeadlineException e) {
            rest(variable, value).forEach(ProcessHandle::destroyForcibly);
        }
    }

    private List<ProcessHandle> rest(String variable, String value) {
        return ProcessGroups.session(pid).stream()
                .filter(process -> ProcessGroups.hasVariable(process.pid(), variable, value))
                .toList();
    }

    /**
     * Waits until the process has ended.
     *
     * @throws DeadlineException if it has not by the deadline
     */
    public void awaitEnd(Deadline deadline) {
        var ended = new Condition("the end of process " + pid, () -> new Observation(!isAlive(), "running"), "");
        Await.host().until(ended, deadline);
    }

    /**
     * Returns the start time of a process, or empty if there is none or only its zombie. What it holds it lets go of with
     * its last thread, which need not be its first.
     */
    private static Optional<Long> startTicks(long pid) {
        return stat(pid)
                .filter(fields -> !(fields[0].equals("Z") && fields[17].equals("1")))
                .map(fields -> Long.parseLong(fields[19]));
    }

    /** Returns the fields of a process from the third on, its state (proc(5)). */
    private static Optional<String[]> stat(long pid) {
        // The second field is the program's name in parentheses and may hold blanks.
        return read(Path.of("/proc/" + pid + "/stat"))
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    }
}

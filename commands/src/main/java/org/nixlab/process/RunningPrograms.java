package org.nixlab.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.nixlab.base.Deadline;

/** Programs of the host that run, found by what they were started with: for those whose note of it was lost. */
public final class RunningPrograms {
    private static final Path PROCESSES = Path.of("/proc");

    private RunningPrograms() {}

    /**
     * Returns the processes of this user in whose command line some words follow each other, without those in containers: the
     * same words mean other files there.
     *
     * @param words such that nobody else starts a program with them
     */
    public static List<Daemon> startedWith(String... words) {
        return startedWith(line -> Collections.indexOfSubList(line, Arrays.asList(words)) >= 0);
    }

    /**
     * Returns the processes of this user with a command line that is looked for, without those in containers.
     *
     * @param wanted knows such a command line, which nobody else's programs have
     */
    public static List<Daemon> startedWith(Predicate<List<String>> wanted) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> wanted.test(commandLine(pid)) && isOwn(pid))
                .map(Daemon::of)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Kills programs, each with all that it started in its session, and waits until they have ended. What is known to run is
     * killed first of all: until then it has the host's processors.
     *
     * @param known of them those that have ended are left out, as others may have their numbers by now
     * @param wanted knows the command lines of others that are meant, as of {@link #startedWith(Predicate)}
     * @throws org.nixlab.base.DeadlineException if one has not ended by the deadline
     */
    public static void kill(Collection<Daemon> known, Predicate<List<String>> wanted, Deadline deadline) {
        var running = known.stream().filter(Daemon::isAlive).collect(Collectors.toCollection(ArrayList::new));
        running.forEach(Daemon::killAlone);
        var others = startedWith(wanted);
        others.forEach(Daemon::killAlone);
        running.addAll(others);
        ProcessGroups.sessions(running.stream().map(Daemon::pid).collect(Collectors.toSet()))
                .forEach(ProcessHandle::destroyForcibly);
        running.forEach(program -> program.awaitEnd(deadline));
    }

    private static boolean isOwn(long pid) {
        try {
            var process = Long.toString(pid);
            return owner(process).equals(owner("self")) && mounts(process).equals(mounts("self"));
        } catch (IOException e) {
            return false;
        }
    }

    private static Object owner(String process) throws IOException {
        return Files.getAttribute(PROCESSES.resolve(process), "unix:uid");
    }

    /** Returns which view of the file system a process has (mount_namespaces(7)). */
    private static Path mounts(String process) throws IOException {
        return Files.readSymbolicLink(PROCESSES.resolve(process).resolve("ns/mnt"));
    }

    private static List<String> commandLine(long pid) {
        try {
            var file = PROCESSES.resolve(Long.toString(pid)).resolve("cmdline");
            // As the kernel hands it out, in whatever encoding: the words are told apart by bytes.
            var bytes = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return List.of(bytes.split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}

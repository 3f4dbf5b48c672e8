package org.nixlab.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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

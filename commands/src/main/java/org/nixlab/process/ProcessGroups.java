package org.nixlab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.nixlab.base.LabException;

/** Process groups of the host: Java can neither make nor signal one by itself. */
final class ProcessGroups {
    private ProcessGroups() {}

    /** Returns the words that run {@code words} as the leader of a session and process group of its own. */
    static List<String> lead(List<String> words) {
        var all = new ArrayList<String>();
        all.add("setsid");
        all.add("--wait");
        all.addAll(words);
        return all;
    }

    static void interrupt(long leader) {
        signal("INT", leader);
    }

    static void terminate(long leader) {
        signal("TERM", leader);
    }

    /**
     * Returns the processes of a session but its leader. While there are any, the leader's number is given to no other
     * process; when there are none left, it may become that of another session.
     */
    static List<ProcessHandle> session(long leader) {
        return sessions(Set.of(leader));
    }

    /** Returns the processes of several sessions but their leaders. */
    static List<ProcessHandle> sessions(Set<Long> leaders) {
        return ProcessHandle.allProcesses()
                .filter(process -> !leaders.contains(process.pid()) && isIn(leaders, process.pid()))
                .toList();
    }

    private static boolean isIn(Set<Long> leaders, long process) {
        try {
            var stat = Files.readString(Path.of("/proc/" + process + "/stat"));
            // After the program's name, which may hold blanks: state, parent, group, session (proc(5)).
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !fields[0].equals("Z") && leaders.contains(Long.parseLong(fields[3]));
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether a process was started with a value of a variable (proc(5)); of others' processes nobody knows. */
    static boolean hasVariable(long process, String variable, String value) {
        try {
            var environment = new String(Files.readAllBytes(Path.of("/proc/" + process + "/environ")));
            return List.of(environment.split("\0")).contains(variable + "=" + value);
        } catch (IOException e) {
            return false;
        }
    }

    static void kill(long leader) {
        signal("KILL", leader);
    }

    static void resume(long leader) {
        signal("CONT", leader);
    }

    /** Has a shell do it: a Debian with nothing but what it must have has no kill(1). */
    private static void signal(String name, long leader) {
        try {
            new ProcessBuilder("sh", "-c", "kill -s \"$0\" -- \"-$1\"", name, Long.toString(leader))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(1, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw LabException.host("a process could not be ended: " + e.getMessage(), "pid " + leader, "", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

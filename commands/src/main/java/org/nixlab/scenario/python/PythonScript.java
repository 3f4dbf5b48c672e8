package org.nixlab.scenario.python;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The script of a NixOS test, and what it finds around it.
 *
 * @param name what it is called where its lines are named
 * @param text the script
 * @param copies where this host has what the script calls by a path that is the machines': {@code /nix/store/HASH-NAME}
 * @param directory where it runs: relative paths in it start there
 * @param output where what it takes out of machines goes, unless it says a path of its own
 * @param vlans the numbers of the networks between them
 * @param methods what machines can do beyond what the test driver knows, by their names in camelCase
 */
public record PythonScript(
        String name,
        String text,
        Map<String, Path> copies,
        Path directory,
        Path output,
        List<Node> machines,
        Set<Integer> vlans,
        Set<String> methods) {
    /**
     * A machine that there is from the beginning.
     *
     * @param hostName a second name that scripts may use
     * @param state its directory on the host
     */
    public record Node(String name, String hostName, Path state) {
        public Node {
            requireNonNull(name, "name");
            requireNonNull(hostName, "hostName");
            requireNonNull(state, "state");
        }
    }

    public PythonScript {
        requireNonNull(name, "name");
        requireNonNull(text, "text");
        requireNonNull(directory, "directory");
        requireNonNull(output, "output");
        copies = Map.copyOf(copies);
        machines = List.copyOf(machines);
        vlans = Set.copyOf(vlans);
        methods = Set.copyOf(methods);
    }

    /** Returns one of its lines, as places name it; only its name if it has no such line. */
    String place(int line) {
        List<String> lines = text.lines().toList();
        return line < 1 || line > lines.size()
                ? name
                : name + ":" + line + ": " + lines.get(line - 1).strip();
    }
}

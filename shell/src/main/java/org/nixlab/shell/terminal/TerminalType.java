package org.nixlab.shell.terminal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code TERM} says of the terminal, as far as this host knows it.
 *
 * @param name a type that is known here, {@code dumb} if the cursor cannot be moved
 * @param complaint what to tell the user of it
 */
public record TerminalType(String name, Optional<String> complaint) {
    private static final String DUMB = "dumb";
    /** JLine knows these without asking the host. */
    private static final Set<String> COMMON = Set.of("xterm", "xterm-256color", "screen", "screen-256color");

    /** Names of these families promise what the first of each can. */
    private static final Map<String, String> FAMILIES =
            Map.of("xterm-", "xterm-256color", "screen", "screen-256color", "tmux", "screen-256color", "rxvt", "xterm");

    /** Reads it from the environment's variables. */
    public static TerminalType of(Map<String, String> environment) {
        var term = environment.getOrDefault("TERM", "");
        if (term.isEmpty() || term.startsWith(DUMB)) {
            return new TerminalType(DUMB, Optional.empty());
        }
        if (COMMON.contains(term) || isDescribed(term, environment)) {
            return new TerminalType(term, Optional.empty());
        }
        return FAMILIES.entrySet().stream()
                .filter(family -> term.startsWith(family.getKey()))
                .findFirst()
                .map(family -> new TerminalType(family.getValue(), Optional.empty()))
                .orElseGet(() -> new TerminalType(
                        DUMB,
                        Optional.of("the terminal '" + term + "' is not known on this host, so lines cannot be edited;"
                                + " TERM=xterm-256color fits most")));
    }

    public boolean isDumb() {
        return name.equals(DUMB);
    }

    private static boolean isDescribed(String term, Map<String, String> environment) {
        if (!term.matches("[A-Za-z0-9][A-Za-z0-9.+_-]*")) {
            return false;
        }
        var hexadecimal = Integer.toHexString(term.charAt(0));
        return directories(environment).stream()
                .anyMatch(directory ->
                        Files.exists(directory.resolve(term.substring(0, 1)).resolve(term))
                                || Files.exists(directory.resolve(hexadecimal).resolve(term)));
    }

    /** See terminfo(5). */
    private static List<Path> directories(Map<String, String> environment) {
        var names = new ArrayList<String>();
        names.add(environment.getOrDefault("TERMINFO", ""));
        names.add(environment.getOrDefault("HOME", "") + "/.terminfo");
        names.addAll(List.of(environment.getOrDefault("TERMINFO_DIRS", "").split(":")));
        names.addAll(List.of(
                "/etc/terminfo",
                "/lib/terminfo",
                "/usr/share/terminfo",
                "/usr/lib/terminfo",
                "/run/current-system/sw/share/terminfo"));
        return names.stream().filter(name -> name.startsWith("/")).map(Path::of).toList();
    }
}

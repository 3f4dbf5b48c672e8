package org.nixlab.model.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * The script in Python that a test of NixOS runs on its machines. What it names in the store, all machines have.
 *
 * @param name of the test
 * @param text the script, with paths as machines have them
 * @param limit how long it may run as a whole, if the test says that
 * @param readsScreens whether it says that it reads what is on screens ({@code enableOCR})
 * @param pythonPackages what it needs of Python's packages, as the guest system calls them ({@code extraPythonPackages})
 * @param copies where this host has what the script names, by its path in the store ({@code /nix/store/HASH-NAME}); without
 *     what only machines have, such as Debian's packages, and what this host has at the very path
 */
public record TestScript(
        String name,
        String text,
        Optional<Duration> limit,
        boolean readsScreens,
        List<String> pythonPackages,
        Map<String, Path> copies) {
    private static final Pattern IN_STORE = Pattern.compile("(/nix/store/[^/]+)(?:/(.*))?");

    public TestScript {
        requireNonNull(name, "name");
        requireNonNull(text, "text");
        requireNonNull(limit, "limit");
        pythonPackages = List.copyOf(pythonPackages);
        copies = Map.copyOf(copies);
    }

    /**
     * Returns where this host has what the script calls by a path: the path itself, but for what lies in the store of the
     * machines. Empty if only machines have it. Nothing needs to be there.
     */
    public Optional<Path> onHost(String path) {
        var stored = IN_STORE.matcher(Path.of(path).normalize().toString());
        if (!stored.matches() || Files.exists(Path.of(stored.group(1)))) {
            return Optional.of(Path.of(path));
        }
        return Optional.ofNullable(copies.get(stored.group(1)))
                .map(copy -> stored.group(2) == null ? copy : copy.resolve(stored.group(2)));
    }
}

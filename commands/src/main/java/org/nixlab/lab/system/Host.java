package org.nixlab.lab.system;

import java.nio.file.Path;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * What nixlab knows of the host it runs on.
 *
 * @param workingDirectory where {@code result} links and {@code MACHINE.socket} are left
 * @param environment the user's environment
 */
public record Host(Path workingDirectory, Map<String, String> environment) {
    public Host {
        requireNonNull(workingDirectory, "workingDirectory");
        environment = Map.copyOf(environment);
    }

    /** Returns nixlab's cache: {@code NIXLAB_CACHE}, else {@code nixlab} in {@code XDG_CACHE_HOME} or {@code ~/.cache}. */
    public Path cache() {
        if (isSet("NIXLAB_CACHE")) {
            return workingDirectory.resolve(environment.get("NIXLAB_CACHE"));
        }
        var caches = isSet("XDG_CACHE_HOME")
                ? Path.of(environment.get("XDG_CACHE_HOME"))
                : Path.of(environment.getOrDefault("HOME", "/root")).resolve(".cache");
        return caches.resolve("nixlab");
    }

    /** Returns where nixlab keeps what is no cache and has no better place: {@code nixlab} in {@code XDG_STATE_HOME}. */
    public Path state() {
        var states = isSet("XDG_STATE_HOME")
                ? Path.of(environment.get("XDG_STATE_HOME"))
                : Path.of(environment.getOrDefault("HOME", "/root")).resolve(".local/state");
        return states.resolve("nixlab");
    }

    /** Returns the kind of the user's terminal, for terminals in guests. */
    public String terminalType() {
        return environment.getOrDefault("TERM", "xterm");
    }

    private boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }
}

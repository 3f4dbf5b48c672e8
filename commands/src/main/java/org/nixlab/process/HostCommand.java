package org.nixlab.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program of the host with its arguments, as data; never a shell string.
 *
 * @param words program and arguments
 * @param directory where it runs; empty for nixlab's own working directory
 * @param environment variables set on top of nixlab's own
 * @param input what its standard input reads; empty for nothing
 * @param grace how long it may take to tidy up after SIGTERM before it is killed; zero to kill it at once
 */
public record HostCommand(
        List<String> words,
        Optional<Path> directory,
        Map<String, String> environment,
        Optional<byte[]> input,
        Duration grace) {
    public HostCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("no program");
        }
    }

    public static HostCommand of(String... words) {
        return of(List.of(words));
    }

    public static HostCommand of(List<String> words) {
        return new HostCommand(words, Optional.empty(), Map.of(), Optional.empty(), Duration.ZERO);
    }

    public HostCommand with(String... more) {
        return with(List.of(more));
    }

    public HostCommand with(List<String> more) {
        var all = new ArrayList<>(words);
        all.addAll(more);
        return new HostCommand(all, directory, environment, input, grace);
    }

    /** Returns this command started by another program, which takes program and arguments at its end. */
    public HostCommand under(List<String> launcher) {
        var all = new ArrayList<>(launcher);
        all.addAll(words);
        return new HostCommand(all, directory, environment, input, grace);
    }

    public HostCommand in(Path newDirectory) {
        return new HostCommand(words, Optional.of(newDirectory), environment, input, grace);
    }

    public HostCommand environment(String name, String value) {
        return environment(Map.of(name, value));
    }

    public HostCommand environment(Map<String, String> more) {
        var all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new HostCommand(words, directory, all, input, grace);
    }

    public HostCommand input(byte[] newInput) {
        return new HostCommand(words, directory, environment, Optional.of(newInput), grace);
    }

    /** Returns this command as one that has processes of its own to end when it is told to go. */
    public HostCommand grace(Duration newGrace) {
        return new HostCommand(words, directory, environment, input, newGrace);
    }

    public String program() {
        return words.get(0);
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}

package org.nixlab.nix;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A question for a part of a machine's configuration.
 *
 * @param path the names on the way; none for the whole configuration
 * @param below how many sets and lists deep it is told
 */
public record ConfigurationQuery(String machine, List<String> path, int below) {
    public ConfigurationQuery {
        requireNonNull(machine, "machine");
        path = List.copyOf(path);
    }

    /** Returns the arguments of {@code show.nix} that say what to show. */
    List<String> words() {
        return List.of(
                "--argstr",
                "machine",
                machine,
                "--argstr",
                "path",
                new String(Json.write(path), StandardCharsets.UTF_8),
                "--argstr",
                "below",
                Integer.toString(below));
    }
}

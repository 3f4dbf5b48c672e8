package org.nixlab.nix;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.nixlab.base.LabException;
import org.nixlab.nix.plan.Json;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

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
    public List<String> words() {
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

    /**
     * Reads what {@code show.nix} answered.
     *
     * @throws LabException (usage) if there is no such thing
     */
    public static Object answer(byte[] json) {
        var answer = Json.read(json, Answer.class);
        if (answer.missing() != null) {
            throw LabException.input(answer.missing(), "", requireNonNullElse(answer.hint(), ""));
        }
        return answer.value();
    }

    private record Answer(Object value, String missing, String hint) {}
}

package org.nixlab.shell.script;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.nixlab.base.LabException;
import org.nixlab.lab.method.Arguments;
import org.nixlab.model.NearNames;

/** The named arguments of a word of the language of scenarios. */
final class Options {
    private final String word;
    private final Map<String, ?> values;

    /** @throws LabException (usage) if there is one that is not known */
    Options(String word, Map<String, ?> values, Set<String> known) {
        this.word = word;
        this.values = values;
        for (var name : values.keySet()) {
            if (!known.contains(name)) {
                var near = NearNames.of(name, known);
                throw LabException.input(
                        "'" + word + "' has no option '" + name + ":'",
                        "",
                        near.isEmpty()
                                ? "it has "
                                        + String.join(
                                                ": ", known.stream().sorted().toList()) + ":"
                                : "did you mean '" + near.get(0) + ":'?");
            }
        }
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(Object::toString);
    }

    Optional<Integer> integer(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> {
            if (value instanceof Integer number) {
                return number;
            }
            throw wrong(name, "a whole number");
        });
    }

    /** Returns a time, given as seconds, a text such as {@code 2m}, or a duration. */
    Optional<Duration> time(String name) {
        return Optional.ofNullable(values.get(name))
                .map(value -> Arguments.timeOf(value).orElseThrow(() -> wrong(name, "a time, such as 30.seconds")));
    }

    private LabException wrong(String name, String kind) {
        return LabException.input("'" + values.get(name) + "' is no '" + name + ":' of " + word, "", "it is " + kind);
    }
}

package org.nixlab.lab.method;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a method takes.
 *
 * @param name its name, in camelCase, as a named argument
 * @param kind what may be given
 * @param required whether there must be one
 * @param positional whether it may stand without its name, after those before it
 * @param standard what it is where it is not given, if that is one value
 * @param summary what it says, in some words for people
 */
public record Parameter(
        String name, Kind kind, boolean required, boolean positional, Optional<Object> standard, String summary) {
    public Parameter {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(standard, "standard");
        requireNonNull(summary, "summary");
    }

    /** What an argument may be. */
    public enum Kind {
        /** A text; of everything else, the text that it has. */
        TEXT("a text"),
        /** A text that is no number: where one could be taken for a limit of time. */
        NAME("a name"),
        /** All positional arguments from here on, as texts. */
        TEXTS("texts"),
        INTEGER("a whole number"),
        /** A regular expression as Java has them: a text or a {@link java.util.regex.Pattern}; found anywhere in a text. */
        PATTERN("a regular expression"),
        FLAG("true or false"),
        /** Seconds, a text such as {@code 2m}, or a duration. */
        TIME("seconds, or a text such as '2m'"),
        /** Names and texts. */
        MAP("a map"),
        /** A text, or maps and lists. */
        DATA("a text, or maps and lists"),
        /** A text, bytes, or a stream: what a command reads. */
        INPUT("a text, bytes or a stream");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Returns what to give, for people. */
        public String words() {
            return words;
        }
    }
}

package org.nixlab.nix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Nix wrote to standard error about a failed evaluation, taken apart.
 *
 * <p>Two layouts exist. Nix before 2.19 writes the error first and then how it came there, from the inside out; later ones
 * write a bare {@code error:}, how it came there from the outside in, and the error last. Both write {@code at
 * FILE:LINE:COLUMN:} with some lines of source after each.
 *
 * @param message the error itself, maybe of several lines
 * @param places where it happened, the innermost first
 * @param suggestions names that Nix holds for possible
 */
record NixReport(String message, List<Place> places, List<String> suggestions) {
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern ERROR = Pattern.compile("\\s*error:\\s*(.*)");
    private static final Pattern AT = Pattern.compile("\\s*(?:… .*)?at (/[^:]*):(\\d+):(\\d+):?");
    private static final Pattern SOURCE_LINE = Pattern.compile("\\s*\\d*\\|.*");
    private static final Pattern SUGGESTION = Pattern.compile("\\s*Did you mean (?:one of )?(.*)\\?");

    /** A position in a file; line and column count from 1. */
    record Place(String file, int line, int column) {
        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    /** Returns what was reported, or empty if no error is in it. */
    static Optional<NixReport> parse(String stderr) {
        var reader = new Reader();
        ESCAPES.matcher(stderr).replaceAll("").lines().forEach(reader::line);
        return reader.report();
    }

    /** Goes through the lines; the state is the part of the report they belong to. */
    private static final class Reader {
        private enum Part {
            BEFORE,
            MESSAGE,
            REST
        }

        private final List<String> message = new ArrayList<>();
        private final List<Place> before = new ArrayList<>();
        private final List<Place> after = new ArrayList<>();
        private final List<String> suggestions = new ArrayList<>();
        private Part part = Part.BEFORE;

        void line(String line) {
            var error = ERROR.matcher(line);
            var at = AT.matcher(line);
            var suggestion = SUGGESTION.matcher(line);
            if (error.matches()) {
                startMessage(error.group(1));
            } else if (at.matches()) {
                var place = new Place(at.group(1), Integer.parseInt(at.group(2)), Integer.parseInt(at.group(3)));
                (part == Part.BEFORE ? before : after).add(place);
                leaveMessage();
            } else if (suggestion.matches()) {
                suggestions.addAll(List.of(suggestion.group(1).split(", | or ")));
                leaveMessage();
            } else if (line.isBlank()
                    || line.strip().startsWith("…")
                    || SOURCE_LINE.matcher(line).matches()) {
                leaveMessage();
            } else if (part == Part.MESSAGE) {
                message.add(line.strip());
            }
        }

        private void startMessage(String text) {
            if (text.isEmpty()) {
                return;
            }
            // What came so far led here: a user's trace may look like an error, too, and the last one counts.
            before.addAll(after);
            after.clear();
            message.clear();
            message.add(text);
            part = Part.MESSAGE;
        }

        private void leaveMessage() {
            if (part == Part.MESSAGE) {
                part = Part.REST;
            }
        }

        Optional<NixReport> report() {
            if (message.isEmpty()) {
                return Optional.empty();
            }
            var places = new ArrayList<>(after);
            for (int i = before.size() - 1; i >= 0; i--) {
                places.add(before.get(i));
            }
            return Optional.of(
                    new NixReport(String.join("\n", message), List.copyOf(places), List.copyOf(suggestions)));
        }
    }
}

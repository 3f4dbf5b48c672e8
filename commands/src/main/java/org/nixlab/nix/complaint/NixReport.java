package org.nixlab.nix.complaint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Nix wrote to standard error about a failed evaluation, taken apart.
 *
 * <p>Two layouts exist. Nix before 2.19 writes the error first and then how it came there, from the inside out; later ones
 * write a bare {@code error:}, how it came there from the outside in, and the error last. Both write {@code at
 * FILE:LINE:COLUMN:} with some lines of source after each.
 *
 * @param message the error itself, maybe of several lines
 * @param places where it happened, the innermost first
 * @param definitions what the module system was looking at, the innermost first
 * @param arguments what modules wanted by these names when it happened
 * @param fetched the addresses that were being fetched, the innermost first
 * @param suggestions names that Nix holds for possible
 */
public record NixReport(
        String message,
        List<Place> places,
        List<Definition> definitions,
        List<String> arguments,
        List<String> fetched,
        List<String> suggestions) {
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern ERROR = Pattern.compile("\\s*error:\\s*(.*)");
    private static final Pattern AT = Pattern.compile("\\s*(?:… .*)?at (/[^:]*):(\\d+):(\\d+):?");
    private static final Pattern SOURCE_LINE = Pattern.compile("\\s*\\d*\\|.*");
    private static final Pattern IN_FILE = Pattern.compile("\\s*… while evaluating definitions from `(/[^']*)':?");
    private static final Pattern OF_OPTION = Pattern.compile("\\s*… while evaluating the option `([^']*)':?");
    private static final Pattern ARGUMENT =
            Pattern.compile("\\s*… while evaluating the module argument `([^']*)' in .*");
    private static final Pattern FETCHED = Pattern.compile("\\s*… while fetching the input '([^']*)'.*");
    private static final Pattern SUGGESTION = Pattern.compile("\\s*Did you mean (?:one of )?(.*)\\?");

    /** Nix shows what a builder printed last in its own error, and what it prints as it comes before that. */
    private static final Pattern PRINTED_BEFORE = Pattern.compile("(?ms)\\A.*?^(?=\\s*error:)");

    private static final Pattern QUOTED = Pattern.compile("(?m)^\\s*> .*$");

    private static final String ADVICE = "(use '--show-trace' to show detailed location information)";

    /** A position in a file; line and column count from 1. */
    public record Place(String file, int line, int column) {
        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    /** That a file gives an option a value. */
    record Definition(String file, String option) {}

    /** Returns what was reported, or empty if no error is in it. */
    public static Optional<NixReport> parse(String stderr) {
        var reader = new Reader();
        plain(stderr).lines().forEach(reader::line);
        return reader.report();
    }

    /** Returns what Nix itself says in a text that tells of a failure, without colours and without the lines of builders. */
    public static String ownWords(String text) {
        var plain = PRINTED_BEFORE.matcher(plain(text)).replaceFirst("");
        return QUOTED.matcher(plain).replaceAll("");
    }

    /** Returns a text of Nix without colours. */
    static String plain(String text) {
        return ESCAPES.matcher(text).replaceAll("");
    }

    /** Returns the error in one line; what holds none is told as it is. */
    public static String reason(String stderr) {
        return parse(stderr)
                .map(NixReport::message)
                .orElse(stderr)
                .strip()
                .lines()
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    /** Goes through the lines; the state is the part of the report they belong to. */
    private static final class Reader {
        private enum Part {
            /** No error yet, or nothing of it. */
            BEFORE,
            /** Right behind a bare {@code error:}. */
            BARE,
            MESSAGE,
            REST
        }

        private final List<String> message = new ArrayList<>();
        private final Trail<Place> places = new Trail<>();
        /** Each has a file or an option; the other is empty. */
        private final Trail<Definition> contexts = new Trail<>();

        private final List<String> arguments = new ArrayList<>();
        private final Trail<String> fetched = new Trail<>();
        private final List<String> suggestions = new ArrayList<>();
        private Part part = Part.BEFORE;

        void line(String line) {
            var error = ERROR.matcher(line);
            var at = AT.matcher(line);
            var suggestion = SUGGESTION.matcher(line);
            if (error.matches()) {
                startMessage(error.group(1));
            } else if (at.matches()) {
                places.add(new Place(at.group(1), Integer.parseInt(at.group(2)), Integer.parseInt(at.group(3))));
                leaveMessage();
            } else if (suggestion.matches()) {
                suggestions.addAll(List.of(suggestion.group(1).split(", | or ")));
                leaveMessage();
            } else if (line.isBlank() || line.strip().equals(ADVICE)) {
                // A text that begins with an empty line is told in the lines below.
                part = part == Part.MESSAGE ? Part.REST : part;
            } else if (line.strip().startsWith("…")) {
                context(line);
                leaveMessage();
            } else if (SOURCE_LINE.matcher(line).matches()) {
                leaveMessage();
            } else if (part == Part.BARE) {
                startMessage(line.strip());
            } else if (part == Part.MESSAGE) {
                message.add(line.strip());
            }
        }

        private void context(String line) {
            var file = IN_FILE.matcher(line);
            var option = OF_OPTION.matcher(line);
            var argument = ARGUMENT.matcher(line);
            var fetch = FETCHED.matcher(line);
            if (file.matches()) {
                contexts.add(new Definition(file.group(1), ""));
            } else if (option.matches()) {
                contexts.add(new Definition("", option.group(1)));
            } else if (argument.matches()) {
                arguments.add(argument.group(1));
            } else if (fetch.matches()) {
                fetched.add(fetch.group(1));
            }
        }

        private void startMessage(String text) {
            if (text.isEmpty()) {
                part = Part.BARE;
                return;
            }
            // What came so far led here: a user's trace may look like an error, too, and the last one counts.
            places.error();
            contexts.error();
            fetched.error();
            message.clear();
            message.add(text);
            part = Part.MESSAGE;
        }

        private void leaveMessage() {
            part = message.isEmpty() ? Part.BEFORE : Part.REST;
        }

        Optional<NixReport> report() {
            return message.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new NixReport(
                            String.join("\n", message),
                            places.innermostFirst(),
                            definitions(contexts.innermostFirst()),
                            List.copyOf(arguments),
                            fetched.innermostFirst(),
                            List.copyOf(suggestions)));
        }

        /** A file is looked at on behalf of the option around it. */
        private static List<Definition> definitions(List<Definition> contexts) {
            var definitions = new ArrayList<Definition>();
            var file = "";
            for (var context : contexts) {
                if (context.option().isEmpty()) {
                    file = context.file();
                } else if (!file.isEmpty()) {
                    definitions.add(new Definition(file, context.option()));
                    file = "";
                }
            }
            return definitions;
        }
    }

    /** What stands in a report along the way to the error. */
    private static final class Trail<T> {
        private final List<T> before = new ArrayList<>();
        private final List<T> after = new ArrayList<>();

        void add(T step) {
            after.add(step);
        }

        void error() {
            before.addAll(after);
            after.clear();
        }

        List<T> innermostFirst() {
            var steps = new ArrayList<>(after);
            for (int i = before.size() - 1; i >= 0; i--) {
                steps.add(before.get(i));
            }
            return List.copyOf(steps);
        }
    }
}

package org.nixlab.nix.complaint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the module system of nixpkgs ({@code lib/modules.nix}) complains of, in nixlab's words: the same for all releases,
 * and with a place that can be opened.
 */
final class OptionComplaint {
    private static final String OPTION = "`([^']+)'";
    private static final Pattern NODE = Pattern.compile("^nodes\\.(\"[^\"]+\"|[^.]+)\\.");
    /** How the module system counts the values of a list. */
    private static final Pattern ENTRY = Pattern.compile("(?:\\.\"?\\[definition [^\\]]*\\]\"?)+$");

    private static final Pattern UNKNOWN =
            Pattern.compile("^The option " + OPTION + "(?: defined in `([^']*)')? does not exist");
    private static final Pattern WRONG_TYPE = Pattern.compile(
            "^(?:A definition for option|The option value) " + OPTION + "(?: in `([^']*)')? is not of type `(.+)'\\.");
    private static final Pattern CONFLICT = Pattern.compile(
            "^The (?:unique )?option " + OPTION + " (?:has conflicting definition|is defined multiple times)");
    private static final Pattern UNDEFINED = Pattern.compile("^The option " + OPTION + " is used but not defined");
    private static final Pattern ASSERTIONS = Pattern.compile("^(?:\\s*\n)?Failed assertions:\\s*\n((?:.|\n)*)");
    private static final Pattern FILE = Pattern.compile("(?m)^\\s*- In `([^']*)'(?:: (.*))?");
    private static final Pattern SUGGESTION = Pattern.compile("Did you mean (.*?)\\?");

    private OptionComplaint() {}

    static boolean isOfUnknown(String message) {
        return UNKNOWN.matcher(message).find();
    }

    /** Returns the complaint in nixlab's words, or nothing if it is another's. */
    static Optional<NixException> tell(String message) {
        var unknown = UNKNOWN.matcher(message);
        if (unknown.find()) {
            var foreign = foreign(unknown, message);
            if (foreign.isPresent()) {
                return foreign;
            }
            var suggestion = SUGGESTION.matcher(message);
            return Optional.of(new NixException(
                    named(unknown) + " does not exist",
                    place(unknown, message),
                    suggestion.find() ? "did you mean " + plain(suggestion.group(1)) + "?" : ""));
        }
        var wrongType = WRONG_TYPE.matcher(message);
        if (wrongType.find()) {
            var file = FILE.matcher(message);
            var value = file.find() && file.group(2) != null ? ", not " + file.group(2) : "";
            return Optional.of(new NixException(
                    named(wrongType) + " wants a value of the type " + wrongType.group(3) + value,
                    place(wrongType, message),
                    ""));
        }
        var conflict = CONFLICT.matcher(message);
        if (conflict.find()) {
            var files = FILE.matcher(message)
                    .results()
                    .map(found -> found.group(1) + (found.group(2) == null ? "" : " (" + found.group(2) + ")"))
                    .toList();
            return Optional.of(new NixException(
                    named(conflict) + " has conflicting definitions" + lines(files),
                    placeIn(files.isEmpty() ? "" : files.get(0).replaceFirst(" \\(.*", ""), last(conflict.group(1))),
                    "lib.mkForce makes one of them win"));
        }
        var undefined = UNDEFINED.matcher(message);
        if (undefined.find()) {
            return Optional.of(new NixException(named(undefined) + " must be set", "", ""));
        }
        var assertions = ASSERTIONS.matcher(message);
        if (assertions.find()) {
            var all = assertions
                    .group(1)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return Optional.of(new NixException("the configuration contradicts itself:" + lines(all), "", ""));
        }
        return Optional.empty();
    }

    /** What is no configuration at all has names that say nothing to anybody. */
    private static Optional<NixException> foreign(Matcher unknown, String message) {
        var node = NODE.matcher(unknown.group(1));
        var machine = node.find() ? "machine `" + node.group(1).replace("\"", "") + "`" : "the file";
        return switch (last(unknown.group(1))) {
            case "AAAAAASomeThingsFailToEvaluate" ->
                Optional.of(new NixException(
                        machine + " has all packages of nixpkgs where options are wanted",
                        place(unknown, message),
                        "is it meant as a machine?"));
            case "nixlabTest" ->
                Optional.of(new NixException(
                        machine + " is a test of its own, not a configuration",
                        place(unknown, message),
                        "choose it: FILE#"
                                + (node.reset().find() ? node.group(1).replace("\"", "") : "NAME")));
            default -> Optional.empty();
        };
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "" : "\n  " + String.join("\n  ", lines);
    }

    /** Returns the option without the machine it was set for, and that machine. */
    private static String named(Matcher found) {
        var name = ENTRY.matcher(found.group(1)).replaceFirst("");
        var node = NODE.matcher(name);
        return node.find()
                ? "machine `" + node.group(1).replace("\"", "") + "`: option `" + name.substring(node.end()) + "`"
                : "option `" + name + "`";
    }

    private static String plain(String names) {
        return names.replace("'", "`").replaceAll("nodes\\.(\"[^\"]+\"|[^.]+)\\.", "");
    }

    private static String place(Matcher found, String message) {
        if (found.group(2) != null) {
            return placeIn(found.group(2), last(found.group(1)));
        }
        var file = FILE.matcher(message);
        return file.find() ? placeIn(file.group(1), last(found.group(1))) : "";
    }

    static String last(String option) {
        var name = ENTRY.matcher(option).replaceFirst("");
        return name.substring(name.lastIndexOf('.') + 1).replace("\"", "");
    }

    /** Returns a place in a file; Nix does not tell the line: it is where the name stands first. */
    static String placeIn(String file, String word) {
        try {
            var lines = Files.readAllLines(Path.of(file));
            var pattern = Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])");
            for (int i = 0; i < lines.size(); i++) {
                var found = pattern.matcher(lines.get(i));
                if (found.find()) {
                    return file + ":" + (i + 1) + ":" + (found.start() + 1);
                }
            }
            return file;
        } catch (IOException | IllegalArgumentException e) {
            return file.startsWith("/") ? file : "";
        }
    }
}

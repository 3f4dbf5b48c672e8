package org.nixlab.image.debian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One source of packages of a host, as sources.list(5) describes it.
 *
 * @param uri where the archive is
 * @param suite for example {@code bookworm-updates}
 * @param components for example {@code main}
 * @param signedBy the keyring's file, or empty
 */
record AptEntry(String uri, String suite, List<String> components, String signedBy) {
    AptEntry {
        components = List.copyOf(components);
    }

    /** Reads a file of one-line entries ({@code .list}); comments, source entries and what is malformed are skipped. */
    static List<AptEntry> parseList(String text) {
        var entries = new ArrayList<AptEntry>();
        for (var line : text.split("\n")) {
            var plain = line.replaceFirst("#.*", "").strip();
            if (!plain.startsWith("deb ") && !plain.startsWith("deb\t")) {
                continue;
            }
            var rest = plain.substring(3).strip();
            var signedBy = "";
            if (rest.startsWith("[") && rest.contains("]")) {
                signedBy = option(rest.substring(1, rest.indexOf(']')), "signed-by");
                rest = rest.substring(rest.indexOf(']') + 1).strip();
            }
            var words = rest.split("\\s+");
            if (words.length >= 3) {
                var components = Arrays.asList(words).subList(2, words.length);
                entries.add(new AptEntry(words[0], words[1], components, signedBy));
            }
        }
        return entries;
    }

    /** Reads a file of paragraphs ({@code .sources}); disabled ones and source entries are skipped. */
    static List<AptEntry> parseSources(String text) {
        var entries = new ArrayList<AptEntry>();
        for (var paragraph : text.replaceAll("(?m)^#.*\n?", "").split("\n[ \t]*\n")) {
            var fields = fields(paragraph);
            if (!words(fields, "types").contains("deb")
                    || fields.getOrDefault("enabled", "yes").equals("no")) {
                continue;
            }
            for (var uri : words(fields, "uris")) {
                for (var suite : words(fields, "suites")) {
                    // An embedded key begins on a line of its own; only files are of use elsewhere.
                    var signedBy = fields.getOrDefault("signed-by", "");
                    entries.add(new AptEntry(
                            uri, suite, words(fields, "components"), signedBy.startsWith("/") ? signedBy : ""));
                }
            }
        }
        return entries;
    }

    private static Map<String, String> fields(String paragraph) {
        var fields = new HashMap<String, String>();
        var name = "";
        for (var line : paragraph.split("\n")) {
            if (!line.isEmpty() && Character.isWhitespace(line.charAt(0))) {
                fields.merge(name, line.strip(), (a, b) -> (a + " " + b).strip());
            } else if (line.contains(":")) {
                name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
                fields.put(name, line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return fields;
    }

    private static List<String> words(Map<String, String> fields, String name) {
        return Arrays.stream(fields.getOrDefault(name, "").split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String option(String options, String name) {
        for (var option : options.strip().split("\\s+")) {
            if (option.toLowerCase(Locale.ROOT).startsWith(name + "=")) {
                return option.substring(name.length() + 1);
            }
        }
        return "";
    }
}

package org.nixlab.model.option;

import java.util.List;
import java.util.regex.Pattern;

/** The way to a value in nested sets of Nix: {@code services.nginx.virtualHosts."web.example"}. */
public final class AttributePath {
    private static final Pattern PART = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|[^.\"]+");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
    private static final Pattern PLAIN =
            Pattern.compile("(?!(?:assert|else|if|in|inherit|let|or|rec|then|with)$)[A-Za-z_][A-Za-z0-9_'-]*");

    private AttributePath() {}

    /** Returns the names on a way; a name with dots in it stands in quotes. */
    public static List<String> parse(String text) {
        return PART.matcher(text)
                .results()
                .map(part -> part.group(1) == null
                        ? part.group()
                        : ESCAPED.matcher(part.group(1)).replaceAll("$1"))
                .toList();
    }

    /** Returns a name as it is written on a way. */
    public static String quoted(String name) {
        return PLAIN.matcher(name).matches()
                ? name
                : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "\\${") + "\"";
    }
}

package org.nixlab.shell.line;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows whether a POSIX shell reads on behind a line: in a quote, behind a backslash, and in a here-document. */
final class ShellCompleteness {
    private static final Pattern HERE_DOCUMENT =
            Pattern.compile("<<(-?)[ \\t]*((?:'[^']*'|\"[^\"]*\"|\\\\.|[^\\s'\"\\\\;&|()<>])+)");
    private static final String BEFORE_WORDS = " \t;&|()<>";

    private final Queue<Predicate<String>> ends = new ArrayDeque<>(); // of here-documents, in their order
    private char open; // a quote, a backslash at the end of a line, or 0
    private boolean wordBegins;

    /** Takes the next line, without its end. */
    void add(String line) {
        if (open == 0 && !ends.isEmpty()) {
            if (ends.element().test(line)) {
                ends.remove();
            }
        } else {
            scan(line);
        }
    }

    /** Returns whether a shell would run the lines so far. */
    boolean isWhole() {
        return open == 0 && ends.isEmpty();
    }

    private void scan(String line) {
        // What an escaped end of a line parts is one line, perhaps one word.
        wordBegins |= open == 0;
        open = open == '\\' ? 0 : open;
        var document = HERE_DOCUMENT.matcher(line);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && open != '\'') {
                if (i == line.length() - 1) {
                    open = open == 0 ? c : open;
                    return;
                }
                i++;
                wordBegins = false;
            } else if (open != 0) {
                open = c == open ? 0 : open;
            } else if (c == '#' && wordBegins) {
                return;
            } else if (line.startsWith("<<<", i)) {
                i += 2;
                wordBegins = true;
            } else if (document.region(i, line.length()).lookingAt()) {
                ends.add(endOf(document));
                i = document.end() - 1;
                wordBegins = false;
            } else {
                open = c == '\'' || c == '"' ? c : 0;
                wordBegins = BEFORE_WORDS.indexOf(c) >= 0;
            }
        }
    }

    private static Predicate<String> endOf(Matcher document) {
        var word = document.group(2).replaceAll("['\"\\\\]", "");
        boolean indented = !document.group(1).isEmpty();
        return line -> (indented ? line.replaceFirst("^\\t+", "") : line).equals(word);
    }
}

package org.nixlab.shell;

import java.util.Optional;

/**
 * A line parted into what is nixlab's and what the host's shell does with its output.
 *
 * @param own what is nixlab's
 * @param host a command for the host's shell that reads the output, or words that begin with {@code >} for a file, if there
 *     is one
 */
record HostTail(String own, Optional<String> host) {
    /**
     * Parts a command line at the first {@code |}, {@code >} or {@code >>} outside of quotes. A word that begins with
     * {@code #} begins a comment.
     */
    static HostTail ofCommand(String line) {
        int at = find(line, false);
        if (at < 0) {
            return new HostTail(line, Optional.empty());
        }
        if (line.charAt(at) == '#') {
            return new HostTail(line.substring(0, at).strip(), Optional.empty());
        }
        var rest = line.substring(at);
        var host = rest.startsWith("|") ? rest.substring(1).strip() : rest;
        return new HostTail(line.substring(0, at).strip(), Optional.of(host));
    }

    /** Parts the tail for a guest's shell at the first {@code |>} outside of quotes; that is no syntax of a shell. */
    static HostTail ofGuest(String tail) {
        int at = find(tail, true);
        return at < 0
                ? new HostTail(tail, Optional.empty())
                : new HostTail(
                        tail.substring(0, at).stripTrailing(),
                        Optional.of(tail.substring(at + 2).strip()));
    }

    private static boolean beginsComment(String text, int at) {
        return text.charAt(at) == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1)));
    }

    private static int find(String text, boolean guest) {
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (guest ? text.startsWith("|>", i) : c == '|' || c == '>' || beginsComment(text, i)) {
                return i;
            }
        }
        return -1;
    }
}

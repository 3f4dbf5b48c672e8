package org.nixlab.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An {@code exec} line behind its first word: leading options, the selector, and the tail that goes to the guest's shell
 * byte for byte.
 *
 * @param options the leading options as words
 * @param selector empty if there is none
 * @param command the tail; if it was exactly one quoted word, without its quotes
 */
record ExecTail(List<String> options, String selector, String command) {
    private static final Set<String> WITH_VALUE =
            Set.of("-u", "--user", "-d", "--dir", "-e", "--env", "-i", "--input", "--timeout");

    static ExecTail parse(String text) {
        var options = new ArrayList<String>();
        var rest = text.strip();
        while (rest.startsWith("-")) {
            int end = wordEnd(rest);
            var word = rest.substring(0, end);
            rest = rest.substring(end).stripLeading();
            options.addAll(Words.split(word));
            if (word.equals("--")) {
                break;
            }
            if (WITH_VALUE.contains(word) && !rest.isEmpty()) {
                end = wordEnd(rest);
                options.addAll(Words.split(rest.substring(0, end)));
                rest = rest.substring(end).stripLeading();
            }
        }
        if (rest.startsWith("#")) {
            // Only what stands behind the machine is the guest's.
            rest = "";
        }
        int end = wordEnd(rest);
        var selector = rest.substring(0, end);
        return new ExecTail(
                options,
                String.join("", Words.split(selector)),
                command(rest.substring(end).strip()));
    }

    /** Returns the words for picocli, in which the tail is one word. */
    List<String> words() {
        var words = new ArrayList<>(options);
        if (!selector.isEmpty()) {
            words.add(selector);
        }
        if (!command.isEmpty()) {
            words.add(command);
        }
        return words;
    }

    /** Returns what the guest's shell gets of a tail. */
    static String command(String tail) {
        // As one-shot: "--" only says that no option follows.
        var text = tail.startsWith("-- ") ? tail.substring(3).stripLeading() : tail;
        return isOneQuotedWord(text) ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean isOneQuotedWord(String text) {
        if (text.length() < 2) {
            return false;
        }
        char quote = text.charAt(0);
        return (quote == '\'' || quote == '"') && quoteEnd(text, 0) == text.length() - 1;
    }

    /** Returns the index of the quote that closes the one at {@code start}, or the length. */
    private static int quoteEnd(String text, int start) {
        char quote = text.charAt(start);
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && quote == '"') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i;
            }
        }
        return text.length();
    }

    private static int wordEnd(String text) {
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            char c = text.charAt(end);
            end = c == '\'' || c == '"' ? Math.min(text.length(), quoteEnd(text, end) + 1) : end + 1;
        }
        return end;
    }
}

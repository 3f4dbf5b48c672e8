package org.nixlab.shell.line;

import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.base.LabException;

/**
 * Reads a command line once, from left to right: words, with the quotes of a POSIX shell and nothing else of it, or what
 * is left as it stands; and behind that what is the host's.
 */
final class WordReader {
    private final String text;
    private final boolean forGuest;
    private int at;

    private WordReader(String text, boolean forGuest) {
        this.text = text;
        this.forGuest = forGuest;
    }

    /** Reads a line whose output the host's shell may take: at the first {@code |}, {@code >} or {@code >>}. */
    static WordReader ofCommand(String text) {
        return new WordReader(text, false);
    }

    /** Reads a line for a guest, in which only {@code |>} is the host's; that is no syntax of a shell. */
    static WordReader ofGuest(String text) {
        return new WordReader(text, true);
    }

    /** Goes to the next word and returns whether there is one. One that begins with {@code #} begins a comment. */
    boolean hasWord() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (text.startsWith("#", at)) {
            at = text.length();
        }
        return at < text.length() && !isHosts();
    }

    /** Returns whether there is a word that looks like an option. */
    boolean hasOption() {
        return hasWord() && text.charAt(at) == '-';
    }

    /**
     * Returns the word that {@link #hasWord} went to. In place of a leading {@code ~/} it has the user's home directory.
     *
     * @throws LabException (usage) if a quote is not closed
     */
    String word() {
        var word = new StringBuilder();
        for (; at < text.length() && !Character.isWhitespace(text.charAt(at)) && !isHosts(); at++) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                quoted(c, word);
            } else if (c == '\\' && at + 1 < text.length()) {
                word.append(text.charAt(++at));
            } else if (c == '~' && word.isEmpty() && text.startsWith("/", at + 1)) {
                word.append(Path.of(System.getProperty("user.home")));
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }

    private void quoted(char quote, StringBuilder word) {
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                return;
            }
            if (c == '\\' && quote == '"' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
                c = text.charAt(++at);
            }
            word.append(c);
        }
        throw LabException.input("a quote " + quote + " is not closed", text, "");
    }

    /** Returns all up to what is the host's as it stands, without the blanks around it. */
    String rest() {
        int begin = at;
        char quote = 0;
        for (; at < text.length() && (quote != 0 || !isHosts()); at++) {
            char c = text.charAt(at);
            if (c == '\\' && quote != '\'') {
                at++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            }
        }
        at = Math.min(at, text.length());
        return text.substring(begin, at).strip();
    }

    /**
     * Returns what is the host's, once all before it was read: a command that reads the output, or words that begin with
     * {@code >} for a file.
     */
    Optional<String> host() {
        if (at == text.length()) {
            return Optional.empty();
        }
        int mark = forGuest ? 2 : text.charAt(at) == '|' ? 1 : 0;
        return Optional.of(text.substring(at + mark).strip());
    }

    private boolean isHosts() {
        return forGuest ? text.startsWith("|>", at) : text.charAt(at) == '|' || text.charAt(at) == '>';
    }
}

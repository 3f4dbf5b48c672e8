package org.nixlab.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.nixlab.base.LabException;

/** Splits command lines into words, with the quotes of a POSIX shell and nothing else of it. */
final class Words {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;

    private Words(String text) {
        this.text = text;
    }

    /**
     * Returns the words. A leading {@code ~/} is the user's home directory.
     *
     * @throws LabException (usage) if a quote is not closed
     */
    static List<String> split(String text) {
        var words = new Words(text);
        words.split();
        return words.words;
    }

    private void split() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                i = quoted(i);
            } else if (c == '\\' && i + 1 < text.length()) {
                add(text.charAt(++i));
            } else if (!Character.isWhitespace(c)) {
                add(c);
            } else {
                end();
            }
            if (c == '~' && word.length() == 1 && text.startsWith("/", i + 1)) {
                word.setLength(0);
                word.append(Path.of(System.getProperty("user.home")));
            }
        }
        end();
    }

    private int quoted(int start) {
        char quote = text.charAt(start);
        inWord = true;
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                return i;
            }
            if (c == '\\' && quote == '"' && i + 1 < text.length() && "\"\\".indexOf(text.charAt(i + 1)) >= 0) {
                c = text.charAt(++i);
            }
            word.append(c);
        }
        throw LabException.input("a quote " + quote + " is not closed", text, "");
    }

    private void add(char c) {
        inWord = true;
        word.append(c);
    }

    private void end() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}

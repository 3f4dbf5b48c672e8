package org.nixlab.shell.line;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jline.reader.CompletingParsedLine;

/**
 * A line up to the cursor, for completion.
 *
 * @param words what was typed, without quotes
 * @param raw the last word as it was typed
 * @param quotes whether a word with blanks in it must be quoted
 */
public record TypedLine(String line, int cursor, List<String> words, String raw, boolean quotes)
        implements CompletingParsedLine {
    private static final Pattern SPECIAL = Pattern.compile("[\\s'\"\\\\|>]|^#");

    /** Cuts at blanks only: what completes in Groovy are names, whatever stands before them. */
    static TypedLine ofGroovy(String line, String typed) {
        var words = List.of(typed.split("\\s+", -1));
        return new TypedLine(line, typed.length(), words, words.get(words.size() - 1), false);
    }

    /** Cuts into words as {@link WordReader} does; the last may be in the midst of a quote. */
    public static TypedLine ofCommand(String line, String typed) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        int begin = 0;
        char quote = 0;
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < typed.length()) {
                word.append(typed.charAt(++i));
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (i > begin || words.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begin = i + 1;
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return new TypedLine(line, typed.length(), words, typed.substring(begin), true);
    }

    @Override
    public String word() {
        return words.get(words.size() - 1);
    }

    @Override
    public int wordCursor() {
        return word().length();
    }

    @Override
    public int wordIndex() {
        return words.size() - 1;
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        var text = candidate.toString();
        char quote = raw.isEmpty() ? 0 : raw.charAt(0);
        if (quotes && (quote == '\'' || quote == '"') && text.indexOf(quote) < 0 && text.indexOf('\\') < 0) {
            return quote + text + (complete ? quote : "");
        }
        return quotes ? SPECIAL.matcher(text).replaceAll("\\\\$0") : text;
    }

    @Override
    public int rawWordCursor() {
        return raw.length();
    }

    @Override
    public int rawWordLength() {
        return raw.length();
    }
}

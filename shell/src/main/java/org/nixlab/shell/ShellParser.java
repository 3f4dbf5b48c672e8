package org.nixlab.shell;

import java.util.List;
import java.util.function.Function;

import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells JLine when a line needs another one, and which word the cursor is in. */
final class ShellParser implements Parser {
    private final Function<String, Line> route;

    ShellParser(Function<String, Line> route) {
        this.route = route;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && needsMore(route.apply(line))) {
            throw new EOFError(-1, -1, "an open bracket or quote", "");
        }
        return Cut.at(line, cursor);
    }

    /** Returns whether a line goes on in the next one: only Groovy does. */
    static boolean needsMore(Line line) {
        return line instanceof Line.Groovy groovy && GroovyText.isIncomplete(groovy.text());
    }

    /** A line cut at blanks, up to the cursor. */
    private record Cut(String line, int cursor, List<String> words) implements CompletingParsedLine {
        static Cut at(String line, int cursor) {
            return new Cut(line, cursor, List.of(line.substring(0, cursor).split("\\s+", -1)));
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

        /** Names with blanks are rare enough to be quoted by hand. */
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return word().length();
        }
    }
}

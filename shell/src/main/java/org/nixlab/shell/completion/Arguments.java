package org.nixlab.shell.completion;

import java.util.List;

import org.jline.reader.ParsedLine;

/**
 * A line without its first words, as picocli wants it that knows nothing of them.
 *
 * @param whole the whole line
 * @param skipped how many words are left out
 */
record Arguments(ParsedLine whole, int skipped) implements ParsedLine {
    @Override
    public String word() {
        return whole.word();
    }

    @Override
    public int wordCursor() {
        return whole.wordCursor();
    }

    @Override
    public int wordIndex() {
        return whole.wordIndex() - skipped;
    }

    @Override
    public List<String> words() {
        return whole.words().subList(skipped, whole.words().size());
    }

    @Override
    public String line() {
        return whole.line();
    }

    @Override
    public int cursor() {
        return whole.cursor();
    }
}

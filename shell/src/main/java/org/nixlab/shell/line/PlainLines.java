package org.nixlab.shell.line;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.command.text.ByteOrderMark;

/** Lines that no person types: those of {@code -e}, or of a standard input that is no terminal. */
public final class PlainLines implements LineSource {
    private final Iterator<String> lines;
    private final List<String> history = new ArrayList<>();

    public PlainLines(List<String> lines) {
        this.lines = lines.iterator();
    }

    public PlainLines(InputStream stream) {
        lines = new StreamLines(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<String> next(String prompt) {
        if (!lines.hasNext()) {
            return Optional.empty();
        }
        var line = history.isEmpty() ? ByteOrderMark.without(lines.next()) : lines.next();
        history.add(line);
        return Optional.of(line);
    }

    @Override
    public boolean interactive() {
        return false;
    }

    @Override
    public List<String> history() {
        return List.copyOf(history);
    }

    private static final class StreamLines implements Iterator<String> {
        private final BufferedReader reader;
        private Optional<String> ahead = Optional.empty();

        StreamLines(BufferedReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            if (ahead.isEmpty()) {
                try {
                    ahead = Optional.ofNullable(reader.readLine());
                } catch (IOException e) {
                    throw LabException.host("the standard input cannot be read", "", e.getMessage());
                }
            }
            return ahead.isPresent();
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var line = ahead.orElseThrow();
            ahead = Optional.empty();
            return line;
        }
    }
}

package org.nixlab.shell.script.source;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The texts that were compiled, by the names their classes give in stack traces. Confined to one thread at a time. */
public final class SourceTexts {
    private static final int REMEMBERED = 1000;

    private final Map<String, Text> texts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Text> eldest) {
            return size() > REMEMBERED;
        }
    };
    private int count;

    /** Remembers a text and returns the file name to compile it under. */
    public String add(String title, String text) {
        var name = "nixlab_script_" + ++count + ".groovy";
        texts.put(name, new Text(title, text.lines().toList()));
        return name;
    }

    /** Returns the place a stack trace leads to first, as {@code file:line: text}. */
    public Optional<String> place(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getLineNumber() > 0 && texts.containsKey(frame.getFileName()))
                .map(frame -> place(frame.getFileName(), frame.getLineNumber()))
                .findFirst();
    }

    /** Returns a place for people. */
    public String place(String name, int line) {
        var text = texts.get(name);
        if (text == null || line < 1 || text.lines.isEmpty()) {
            return "";
        }
        // What is missing at the end is missed behind it.
        int shown = Math.min(line, text.lines.size());
        var source = text.lines.get(shown - 1).strip();
        if (!text.title.isEmpty()) {
            return text.title + ":" + shown + ": " + source;
        }
        // A single line at the prompt is still to be seen.
        return text.lines.size() > 1 ? "line " + shown + ": " + source : "";
    }

    private record Text(String title, List<String> lines) {}
}

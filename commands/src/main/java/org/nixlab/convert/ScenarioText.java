package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.convert.Conversion.Left;
import org.nixlab.convert.Statement.Unparsed;

/** A scenario while it is written: its lines, and what was left. */
final class ScenarioText {
    private static final String STEP = "    ";

    private final PythonScript script;
    private final List<String> lines = new ArrayList<>();
    private final List<Left> left = new ArrayList<>();
    private int depth;

    ScenarioText(PythonScript script) {
        this.script = script;
    }

    List<String> lines() {
        return lines;
    }

    List<Left> left() {
        return left;
    }

    PythonScript script() {
        return script;
    }

    void indent() {
        depth++;
    }

    void outdent() {
        depth--;
    }

    /** Adds a line, or as many as it has to be broken into. */
    void add(String line) {
        var indentation = STEP.repeat(depth);
        lines.add((indentation + Layout.lines(line, indentation)).stripTrailing());
    }

    /** Adds a line with a comment behind it; before it, if it is more than one. */
    void add(String line, String note) {
        var indentation = STEP.repeat(depth);
        var text = Layout.lines(line, indentation);
        if (note.isEmpty()) {
            add(line);
        } else if (text.contains("\n")) {
            comment(note);
            add(line);
        } else {
            lines.add(indentation + text + " // " + note);
        }
    }

    void comment(String text) {
        lines.add((STEP.repeat(depth) + "// " + text).stripTrailing());
    }

    void gap() {
        if (!lines.isEmpty() && !lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
    }

    /** Leaves a statement as it is, for people. */
    void leave(Statement statement, String why) {
        // It may quote words of several lines, of which only the first would be a comment.
        var reason = why.replaceAll("\\s*\\R\\s*", " ");
        int start = statement.source().start();
        left.add(
                statement instanceof Unparsed wrong
                        ? new Left(script.line(wrong.place()), script.column(wrong.place()), reason)
                        : new Left(script.line(start), 0, reason));
        var source = script.shown(start, statement.source().end()).split("\n");
        comment("TODO: " + reason + ": " + source[0].strip());
        int common = indentation(start);
        for (int i = 1; i < source.length; i++) {
            int own = source[i].length() - source[i].stripLeading().length();
            comment(source[i].substring(Math.min(own, common)));
        }
    }

    private int indentation(int start) {
        return start - script.text().lastIndexOf('\n', start - 1) - 1;
    }

    /** Returns where the scenario ends now, for {@link #backTo}. */
    int[] mark() {
        return new int[] {lines.size(), left.size(), depth};
    }

    void backTo(int[] mark) {
        lines.subList(mark[0], lines.size()).clear();
        left.subList(mark[1], left.size()).clear();
        depth = mark[2];
    }
}

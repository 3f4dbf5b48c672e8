package org.nixlab.command.display;

import java.util.List;

import org.nixlab.command.text.Columns;
import org.nixlab.command.text.Harmless;

/** A block of lines on a terminal that is drawn again in its place, each time in one write so that it does not flicker. */
public final class Redraw {
    private final Display.Target target;
    private final Display display;
    private int drawn;

    public Redraw(Display display, Display.Target target) {
        this.display = display;
        this.target = target;
    }

    /** Draws the lines over those drawn before. They must be without colours where they may be too long. */
    public void draw(List<String> lines) {
        var text = new StringBuilder();
        begin(text);
        for (var line : lines) {
            text.append(cut(Harmless.painted(line))).append("\033[K\n");
        }
        text.append("\033[J");
        drawn = lines.size();
        target.pass(text.toString());
    }

    /** Prints a line for good above the block. */
    void above(String line, List<String> block) {
        var text = new StringBuilder();
        begin(text);
        text.append(Harmless.painted(line)).append("\033[K\n");
        drawn = 0;
        target.pass(text.toString());
        draw(block);
    }

    private void begin(StringBuilder text) {
        if (drawn > 0) {
            text.append("\033[").append(drawn).append('A');
        }
        text.append('\r');
    }

    /** A line that wraps would make the block higher than it is counted. */
    private String cut(String line) {
        int width = display.width() - 1;
        int shown = 0;
        for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
            if (line.charAt(i) == '\033') {
                i = line.indexOf('m', i);
                continue;
            }
            shown += Columns.of(Character.toString(line.codePointAt(i)));
            if (shown > width) {
                return line.substring(0, i) + (target.style().on() ? "\033[0m" : "");
            }
        }
        return line;
    }
}

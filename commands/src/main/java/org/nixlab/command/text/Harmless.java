package org.nixlab.command.text;

import java.util.regex.Pattern;

/**
 * Makes text that a guest, a file name or a journal may have had a hand in harmless for the user's terminal: control
 * characters and marks that turn the direction of writing become visible, so that nobody can move the cursor, change the
 * title, answer in the user's name, or make a text read as another.
 */
public final class Harmless {
    private static final Pattern COLOUR = Pattern.compile("\033\\[[0-9;]*m");

    private Harmless() {}

    /** Returns the text of one or more lines; the ends of lines and tabs stay. */
    public static String text(String text) {
        var shown = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(point -> append(shown, point, "\n\t"));
        return shown.toString();
    }

    /** Returns the text as a part of one line. */
    public static String line(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(shown, point, ""));
        return shown.toString();
    }

    /** Returns the text with its colours, which only paint. */
    public static String painted(String text) {
        if (text.indexOf('\033') < 0) {
            return text(text);
        }
        var shown = new StringBuilder(text.length());
        var colours = COLOUR.matcher(text);
        int end = 0;
        while (colours.find()) {
            shown.append(text(text.substring(end, colours.start()))).append(colours.group());
            end = colours.end();
        }
        return shown.append(text(text.substring(end))).toString();
    }

    static void append(StringBuilder shown, int point, String kept) {
        if (kept.indexOf(point) >= 0) {
            shown.append((char) point);
        } else if (point < ' ') {
            shown.append('^').append((char) (point + '@'));
        } else if (point == 0x7f) {
            shown.append("^?");
        } else if (isDangerous(point)) {
            shown.append('<').append(String.format("U+%04X", point)).append('>');
        } else {
            shown.appendCodePoint(point);
        }
    }

    /** Returns whether a character beyond ASCII does something instead of being seen. */
    static boolean isDangerous(int point) {
        return point > 0x7f && point < 0xa0
                || point == 0x61c
                || point == 0x200e
                || point == 0x200f
                || point >= 0x2028 && point <= 0x202e
                || point >= 0x2066 && point <= 0x2069;
    }
}

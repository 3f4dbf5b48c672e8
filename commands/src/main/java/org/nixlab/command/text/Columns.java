package org.nixlab.command.text;

import org.jline.utils.WCWidth;

/** Texts in the columns of a terminal: some characters take two, and some none. */
public final class Columns {
    private Columns() {}

    public static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    private static int of(int point) {
        return Math.max(0, WCWidth.wcwidth(point));
    }

    /** Returns the text with blanks behind it that make it as wide. */
    public static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /** Returns how many chars of the text fit. */
    public static int fitting(String text, int width) {
        int left = width;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            left -= of(point);
            if (left < 0) {
                break;
            }
            end += Character.charCount(point);
        }
        return end;
    }
}

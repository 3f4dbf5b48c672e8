package org.nixlab.convert;

/** Finds where a string of Python ends, expressions inside it included. */
final class StringEnd {
    private static final int NONE = -1;

    private StringEnd() {}

    /** Returns where the quote of the string that begins here is, behind its prefix; -1 if none begins here. */
    static int quote(String text, int at) {
        int quote = at;
        while (quote < text.length() && quote < at + 3 && "rRfFbBuUtT".indexOf(text.charAt(quote)) >= 0) {
            quote++;
        }
        return quote < text.length() && isQuote(text.charAt(quote)) && quote < at + 3 ? quote : NONE;
    }

    static boolean isLong(String text, int quote) {
        return text.startsWith(String.valueOf(text.charAt(quote)).repeat(3), quote);
    }

    /** Returns the place behind the string that begins here; -1 if it has no end. */
    static int find(String text, int at) {
        int quote = quote(text, at);
        boolean formatted = text.substring(at, quote).matches("(?i).*f.*");
        boolean isLong = isLong(text, quote);
        var end = isLong ? text.substring(quote, quote + 3) : text.substring(quote, quote + 1);
        int i = quote + end.length();
        while (i < text.length() && i != NONE) {
            char c = text.charAt(i);
            if (text.startsWith(end, i)) {
                return i + end.length();
            }
            if (c == '\n' && !isLong) {
                return NONE;
            }
            if (c == '\\') {
                i += 2;
            } else if (c == PythonScript.OPEN) {
                i = text.indexOf(PythonScript.CLOSE, i) + 1;
            } else if (c == '{' && formatted && !text.startsWith("{{", i)) {
                i = field(text, i, isLong);
            } else {
                i += c == '{' && formatted ? 2 : 1;
            }
        }
        return NONE;
    }

    /** Returns the place behind the expression in braces that begins here; -1 if it has no end. */
    private static int field(String text, int at, boolean isLong) {
        int depth = 0;
        int i = at;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (quote(text, i) >= 0 && !Character.isLetterOrDigit(text.charAt(i - 1))) {
                i = find(text, i);
                if (i == NONE) {
                    return NONE;
                }
                continue;
            }
            if (c == '\n' && !isLong) {
                return NONE;
            }
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            i = c == PythonScript.OPEN ? text.indexOf(PythonScript.CLOSE, i) + 1 : i + 1;
            if (depth == 0) {
                return i;
            }
        }
        return NONE;
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }
}

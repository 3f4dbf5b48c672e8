package org.nixlab.convert;

/**
 * Walks over the text of a Nix file, as far as one must know it to find a string: what is a comment, what is a string, what
 * belongs together in brackets. Leniently: what is no Nix at all is walked over, too.
 */
final class NixCursor {
    private final String text;
    private int at;

    NixCursor(String text, int at) {
        this.text = text;
        this.at = at;
    }

    int at() {
        return at;
    }

    /** Goes to a place, or to the end of the text if that comes first: a file may stop in the middle of a string. */
    void moveTo(int offset) {
        at = Math.min(offset, text.length());
    }

    boolean atEnd() {
        return at >= text.length();
    }

    boolean sees(String what) {
        return text.startsWith(what, at);
    }

    boolean seesString() {
        return sees("\"") || sees("''");
    }

    char peek() {
        return atEnd() ? '\0' : text.charAt(at);
    }

    /** Returns the name that begins here, or an empty text. */
    String name() {
        int end = at;
        if (!atEnd() && (Character.isLetter(peek()) || peek() == '_')) {
            while (end < text.length() && isNamePart(text.charAt(end))) {
                end++;
            }
        }
        return text.substring(at, end);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '\'' || c == '-';
    }

    /** Skips blanks and comments. */
    void skipSpace() {
        while (!atEnd()) {
            if (Character.isWhitespace(peek())) {
                at++;
            } else if (peek() == '#') {
                at = after("\n", at);
            } else if (sees("/*")) {
                at = after("*/", at + 2);
            } else {
                return;
            }
        }
    }

    /** Skips a string, a name, everything in brackets, or one character. */
    void skipElement() {
        if (seesString()) {
            skipString();
        } else if (!name().isEmpty()) {
            at += name().length();
        } else if (Character.isDigit(peek())) {
            while (Character.isDigit(peek())) {
                at++;
            }
        } else if (sees("${") || "([{".indexOf(peek()) >= 0) {
            skipBrackets();
        } else {
            moveTo(at + 1);
        }
    }

    void skipString() {
        boolean indented = sees("''");
        moveTo(at + (indented ? 2 : 1));
        while (!atEnd() && !endsString(indented)) {
            if (sees("${")) {
                skipBrackets();
            } else {
                moveTo(at + escapeLength(indented));
            }
        }
        moveTo(at + (indented ? 2 : 1));
    }

    /** Returns whether here, inside a string, its end is. */
    boolean endsString(boolean indented) {
        return indented ? sees("''") && escapeLength(true) == 1 : sees("\"");
    }

    /** Returns how many characters stand here for one of a string, or for two that mean themselves. */
    int escapeLength(boolean indented) {
        if (sees("$$")) {
            return 2;
        }
        if (!indented) {
            return sees("\\") ? 2 : 1;
        }
        if (sees("'''") || sees("''$")) {
            return 3;
        }
        return sees("''\\") ? 4 : 1;
    }

    /** Skips brackets with all that is in them; {@code ${} is one, too. */
    void skipBrackets() {
        moveTo(at + (sees("${") ? 2 : 1));
        skipSpace();
        while (!atEnd() && ")]}".indexOf(peek()) < 0) {
            skipElement();
            skipSpace();
        }
        moveTo(at + 1);
    }

    private int after(String what, int from) {
        int found = text.indexOf(what, Math.min(from, text.length()));
        return found < 0 ? text.length() : found + what.length();
    }
}

package org.nixlab.convert;

/**
 * A word of Python.
 *
 * @param kind what it is
 * @param text as it is written
 * @param start where it begins in the script
 * @param end where it ends
 */
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        OPERATOR,
        /** Something Nix would have replaced, also with letters beside it. */
        ANTIQUOTATION,
        /** A comment on a line of its own, which is as good as a statement. */
        COMMENT,
        /** The end of a logical line. */
        LINE_END,
        INDENT,
        DEDENT,
        /** What is no Python; the text says why. */
        ERROR,
        END
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** Returns whether it is this operator or keyword. */
    boolean is(String wanted) {
        return (kind == Kind.OPERATOR || kind == Kind.NAME) && text.equals(wanted);
    }
}

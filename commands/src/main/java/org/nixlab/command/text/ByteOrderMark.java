package org.nixlab.command.text;

/** The mark that some editors put at the beginning of a file; it is no part of the text. */
public final class ByteOrderMark {
    private static final String MARK = "\ufeff";

    private ByteOrderMark() {}

    /** Returns a text without its mark. */
    public static String without(String text) {
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }
}

package org.nixlab.shell;

/** The mark that some editors put at the beginning of a file; it is no part of the text. */
final class ByteOrderMark {
    private static final String MARK = "\ufeff";

    private ByteOrderMark() {}

    static String without(String text) {
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }
}

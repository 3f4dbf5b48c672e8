package org.nixlab.convert;

/** Texts as literals of Groovy. Single quotes as far as possible, because Groovy looks into double ones. */
final class GroovyText {
    private GroovyText() {}

    /** Returns a literal with nothing to fill in. */
    static String plain(String value, boolean isLong) {
        var quote = isLong ? "'''" : "'";
        return quote + escaped(value, '\'', isLong) + quote;
    }

    /** Returns a part of a literal in double quotes. */
    static String formatted(String value, boolean isLong) {
        return escaped(value, '"', isLong);
    }

    static String quotes(boolean isLong) {
        return isLong ? "\"\"\"" : "\"";
    }

    private static String escaped(String value, char quote, boolean isLong) {
        var text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append(isLong ? "\n" : "\\n");
                case '$' -> text.append(quote == '"' ? "\\$" : "$");
                case '\'', '"' ->
                    text.append(c == quote && mustEscape(value, i, isLong) ? "\\" : "")
                            .append(c);
                default -> text.append(isPrintable(c) ? String.valueOf(c) : String.format("\\u%04x", (int) c));
            }
        }
        return text.toString();
    }

    /** In a long literal only three quotes in a row would end it, or one before its end. */
    private static boolean mustEscape(String value, int at, boolean isLong) {
        return !isLong || at + 1 == value.length() || value.charAt(at + 1) == value.charAt(at);
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c != 0x7f && !Character.isISOControl(c) && (c < 0xFDD0 || c > 0xFDEF);
    }
}

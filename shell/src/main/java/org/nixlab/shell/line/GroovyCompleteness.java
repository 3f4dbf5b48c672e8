package org.nixlab.shell.line;

import java.util.ArrayDeque;
import java.util.Deque;

/** Sees, without Groovy's classes, whether Groovy text needs another line: a bracket or a long quote is open. */
final class GroovyCompleteness {
    private final String text;
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;
    private boolean longQuoteOpen;

    private GroovyCompleteness(String text) {
        this.text = text;
    }

    static boolean isIncomplete(String text) {
        var scan = new GroovyCompleteness(text);
        scan.scan();
        return scan.longQuoteOpen
                || !scan.open.isEmpty()
                || text.stripTrailing().endsWith("\\");
    }

    private void scan() {
        char before = '=';
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("//", at) && before != ':') {
                skipTo("\n");
            } else if (text.startsWith("/*", at)) {
                skipTo("*/");
            } else if (text.startsWith("'''", at) || text.startsWith("\"\"\"", at)) {
                longQuote(text.substring(at, at + 3));
            } else if (c == '\'' || c == '"' || c == '/' && startsSlashy(before)) {
                quote(c);
            } else {
                bracket(c);
                at++;
            }
            before = Character.isWhitespace(c) ? before : c;
        }
    }

    private void bracket(char c) {
        if ("([{".indexOf(c) >= 0) {
            open.push(c);
        } else if (")]}".indexOf(c) >= 0 && !open.isEmpty()) {
            open.pop();
        }
    }

    /** A slash begins a pattern only where a value may stand. */
    private static boolean startsSlashy(char before) {
        return "=(,~[{:?!&|;".indexOf(before) >= 0;
    }

    private void skipTo(String end) {
        int found = text.indexOf(end, at + 2);
        at = found < 0 ? text.length() : found + end.length();
    }

    private void longQuote(String quote) {
        int end = text.indexOf(quote, at + 3);
        longQuoteOpen = end < 0;
        at = end < 0 ? text.length() : end + 3;
    }

    /** A short quote ends with its line at the latest; Groovy says then that it is not closed. */
    private void quote(char quote) {
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == quote || c == '\n') {
                at++;
                return;
            }
        }
    }
}

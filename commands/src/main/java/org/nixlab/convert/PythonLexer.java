package org.nixlab.convert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.nixlab.convert.Token.Kind;

/** Takes Python apart into words, with what its indentation means. What is wrong becomes a word as well. */
final class PythonLexer {
    private static final int TAB = 8;
    private static final Pattern NUMBER = Pattern.compile(
            "0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:[eE][+-]?\\d+)?[jJ]?");
    private static final Pattern OPERATOR = Pattern.compile(
            "\\*\\*=|//=|>>=|<<=|\\.\\.\\.|->|:=|\\*\\*|//|<<|>>|[-+*/%@&|^<>=!]=|[-+*/%@&|^~<>=()\\[\\]{},:.;]");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Token> notes = new ArrayList<>();
    private final List<Comment> pending = new ArrayList<>();
    private final Deque<Integer> levels = new ArrayDeque<>();
    private int at;
    private int depth;

    PythonLexer(String text) {
        this.text = text;
    }

    /** Returns the words of a script. */
    List<Token> script() {
        while (at < text.length()) {
            line();
        }
        indent(levels.isEmpty() ? 0 : levels.peekLast());
        add(Kind.END, at);
        return tokens;
    }

    /** Returns the words of an expression alone. */
    List<Token> expression() {
        depth = 1;
        logicalLine();
        add(Kind.END, at);
        return tokens;
    }

    /** Returns the comments that stand behind words or between them, in their order. */
    List<Token> notes() {
        return notes;
    }

    private void line() {
        int column = 0;
        while (at < text.length() && " \t\f".indexOf(text.charAt(at)) >= 0) {
            column = text.charAt(at) == '\t' ? (column / TAB + 1) * TAB : column + 1;
            at++;
        }
        if (at == text.length() || text.charAt(at) == '\n') {
            at++;
        } else if (text.charAt(at) == '#') {
            int begin = at;
            at = lineEnd();
            pending.add(new Comment(new Token(Kind.COMMENT, text.substring(begin, at), begin, at), column));
        } else {
            indent(column);
            logicalLine();
        }
        at = Math.min(at, text.length());
    }

    /**
     * Goes in or out to a column. Comments say by their own column where they belong, as far as there is a choice. A
     * column that fits nowhere is taken for the next one that does.
     */
    private void indent(int column) {
        if (levels.isEmpty()) {
            levels.push(column);
        }
        int inner = pending.size();
        while (inner > 0 && pending.get(inner - 1).column <= column) {
            inner--;
        }
        pending.subList(0, inner).forEach(comment -> tokens.add(comment.token));
        while (levels.peek() > column && levels.size() > 1) {
            levels.pop();
            add(Kind.DEDENT, at);
        }
        if (levels.peek() < column) {
            levels.push(column);
            add(Kind.INDENT, at);
        }
        pending.subList(inner, pending.size()).forEach(comment -> tokens.add(comment.token));
        pending.clear();
    }

    private void logicalLine() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' && depth == 0) {
                add(Kind.LINE_END, at++);
                return;
            }
            if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (c == '#') {
                int begin = at;
                at = lineEnd();
                notes.add(new Token(Kind.COMMENT, text.substring(begin, at), begin, at));
            } else {
                word();
            }
        }
        add(Kind.LINE_END, at);
    }

    private void word() {
        int start = at;
        char c = text.charAt(at);
        if (StringEnd.quote(text, at) >= 0) {
            string();
        } else if (c == PythonScript.OPEN || c == '_' || Character.isLetter(c)) {
            nameOrAntiquotation();
        } else if (matches(NUMBER)) {
            add(Kind.NUMBER, start);
        } else if (matches(OPERATOR)) {
            bracket(text.substring(start, at));
            add(Kind.OPERATOR, start);
        } else {
            at++;
            add(Kind.ERROR, start, "'" + c + "' is no Python");
        }
    }

    private void string() {
        int start = at;
        int end = StringEnd.find(text, start);
        if (end >= 0) {
            at = end;
            add(Kind.STRING, start);
        } else {
            at = StringEnd.isLong(text, StringEnd.quote(text, start)) ? text.length() : lineEnd();
            add(Kind.ERROR, start, "a string without an end");
        }
    }

    /** An antiquotation can be a part of a name. */
    private void nameOrAntiquotation() {
        int start = at;
        boolean antiquoted = false;
        do {
            if (text.charAt(at) == PythonScript.OPEN) {
                at = text.indexOf(PythonScript.CLOSE, at) + 1;
                antiquoted = true;
            } else {
                at++;
            }
        } while (at < text.length() && (text.charAt(at) == PythonScript.OPEN || isNamePart(text.charAt(at))));
        add(antiquoted ? Kind.ANTIQUOTATION : Kind.NAME, start);
    }

    private static boolean isNamePart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private void bracket(String operator) {
        if ("([{".contains(operator)) {
            depth++;
        } else if (")]}".contains(operator) && depth > 0) {
            depth--;
        }
    }

    private boolean matches(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (matcher.lookingAt() && matcher.end() > at) {
            at = matcher.end();
            return true;
        }
        return false;
    }

    private int lineEnd() {
        int found = text.indexOf('\n', at);
        return found < 0 ? text.length() : found;
    }

    private void add(Kind kind, int start) {
        add(kind, start, text.substring(Math.min(start, text.length()), Math.min(at, text.length())));
    }

    private void add(Kind kind, int start, String what) {
        tokens.add(new Token(kind, what, start, Math.max(start, at)));
    }

    private record Comment(Token token, int column) {}
}

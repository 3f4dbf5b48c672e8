package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.nixlab.convert.Expression.Antiquotation;
import org.nixlab.convert.Expression.Field;
import org.nixlab.convert.Expression.Foreign;
import org.nixlab.convert.Expression.Literal;
import org.nixlab.convert.Expression.Part;
import org.nixlab.convert.Expression.Seam;
import org.nixlab.convert.Expression.Text;
import org.nixlab.convert.Token.Kind;

/** Reads strings that stand side by side, and so are one. */
final class PythonStrings {
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private boolean isLong;
    private boolean isBytes;

    private String text;
    private int at;
    private int end;
    private boolean raw;

    void add(Token token) {
        if (!parts.isEmpty() || literal.length() > 0) {
            endLiteral();
            parts.add(new Seam());
        }
        text = token.text();
        int quote = StringEnd.quote(text, 0);
        var prefix = text.substring(0, quote).toLowerCase(Locale.ROOT);
        int quotes = StringEnd.isLong(text, quote) && text.length() >= quote + 6 ? 3 : 1;
        raw = prefix.contains("r");
        isBytes |= prefix.contains("b");
        at = quote + quotes;
        end = text.length() - quotes;
        isLong |= quotes == 3 && text.indexOf('\n') >= 0;
        read(prefix.contains("f"));
    }

    Expression expression() {
        endLiteral();
        return isBytes ? new Foreign("bytes") : new Text(parts, isLong);
    }

    private void read(boolean formatted) {
        while (at < end) {
            char c = text.charAt(at);
            if (c == PythonScript.OPEN) {
                int close = text.indexOf(PythonScript.CLOSE, at);
                field(new Field(new Antiquotation(text.substring(at + 1, close)), ""));
                at = close + 1;
            } else if (c == '\\' && !raw) {
                escape();
            } else if (c == '\\') {
                literal.append(text, at, at + 2);
                at += 2;
            } else if (formatted && (text.startsWith("{{", at) || text.startsWith("}}", at))) {
                literal.append(c);
                at += 2;
            } else if (formatted && c == '{') {
                at++;
                formatted();
            } else {
                literal.append(c);
                at++;
            }
        }
    }

    private void field(Field field) {
        endLiteral();
        parts.add(field);
    }

    private void endLiteral() {
        if (literal.length() > 0) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private void escape() {
        char c = text.charAt(at + 1);
        at += 2;
        int simple = "abfnrtv\\'\"".indexOf(c);
        if (c == '\n') {
            return;
        }
        if (simple >= 0) {
            literal.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(simple));
        } else if (c >= '0' && c <= '7') {
            int digits = 1;
            while (digits < 3 && at - 1 + digits < end && "01234567".indexOf(text.charAt(at - 1 + digits)) >= 0) {
                digits++;
            }
            literal.append((char) Integer.parseInt(text.substring(at - 1, at - 1 + digits), 8));
            at += digits - 1;
        } else if (c == 'x') {
            codePoint(2);
        } else if (c == 'u') {
            codePoint(4);
        } else if (c == 'U') {
            codePoint(8);
        } else if (c == 'N') {
            throw new PythonSyntaxException("a character by its name");
        } else {
            literal.append('\\').append(c);
        }
    }

    private void codePoint(int digits) {
        try {
            literal.appendCodePoint(Integer.parseInt(text.substring(at, at + digits), 16));
            at += digits;
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new PythonSyntaxException("an escape that is none");
        }
    }

    /** Reads an expression in braces, what is to be done with it, and the closing brace. */
    private void formatted() {
        int start = at;
        skipTo("=!:}");
        var source = text.substring(start, at);
        var format = "";
        if (text.charAt(at) == '=') {
            literal.append(source).append('=');
            format = Field.SHOWN;
            at++;
        }
        if (text.charAt(at) == '!') {
            format = text.charAt(at + 1) == 's' ? "" : Field.SHOWN;
            at += 2;
        }
        if (text.charAt(at) == ':') {
            int begin = ++at;
            skipTo("}");
            format = text.substring(begin, at);
        }
        at++;
        var tokens = new TokenStream(new PythonLexer(source).expression());
        var value = new ExpressionParser(tokens).list();
        if (!tokens.takes(Kind.LINE_END)) {
            throw tokens.unexpected();
        }
        field(new Field(value, format));
    }

    /** Goes to one of these characters outside of brackets and strings; an operator with {@code =} is none. */
    private void skipTo(String wanted) {
        int depth = 0;
        while (at < end) {
            char c = text.charAt(at);
            if (StringEnd.quote(text, at) >= 0 && !Character.isLetterOrDigit(text.charAt(at - 1))) {
                at = StringEnd.find(text, at);
                continue;
            }
            if (depth == 0 && text.startsWith("!=", at)
                    || text.startsWith("==", at)
                    || text.startsWith("<=", at)
                    || text.startsWith(">=", at)) {
                at += 2;
                continue;
            }
            if (depth == 0 && wanted.indexOf(c) >= 0) {
                return;
            }
            if (c == PythonScript.OPEN) {
                at = text.indexOf(PythonScript.CLOSE, at);
            }
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            at++;
        }
        throw new PythonSyntaxException("braces without an end");
    }
}

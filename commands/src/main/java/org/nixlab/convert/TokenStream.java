package org.nixlab.convert;

import java.util.List;

import org.nixlab.convert.Token.Kind;

/** Words of Python, read one after the other. */
final class TokenStream {
    private final List<Token> tokens;
    private int at;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekBehind() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /** Returns the end of the word read last; ends of lines and blocks are none. */
    int end() {
        int last = at - 1;
        while (last > 0
                && (tokens.get(last).is(Kind.LINE_END)
                        || tokens.get(last).is(Kind.INDENT)
                        || tokens.get(last).is(Kind.DEDENT))) {
            last--;
        }
        return last < 0 ? 0 : tokens.get(last).end();
    }

    Token next() {
        var token = peek();
        if (!token.is(Kind.END)) {
            at++;
        }
        return token;
    }

    boolean sees(String wanted) {
        return peek().is(wanted);
    }

    boolean sees(Kind wanted) {
        return peek().is(wanted);
    }

    /** Reads a word if it is the one that is asked for. */
    boolean takes(String wanted) {
        if (sees(wanted)) {
            at++;
            return true;
        }
        return false;
    }

    boolean takes(Kind wanted) {
        if (sees(wanted)) {
            next();
            return true;
        }
        return false;
    }

    /** @throws PythonSyntaxException if another word comes */
    void expect(String wanted) {
        if (!takes(wanted)) {
            throw unexpected();
        }
    }

    /** @throws PythonSyntaxException if no name comes */
    String name() {
        if (!sees(Kind.NAME) || ExpressionParser.KEYWORDS.contains(peek().text())) {
            throw unexpected();
        }
        return next().text();
    }

    PythonSyntaxException unexpected() {
        var token = peek();
        return new PythonSyntaxException(
                switch (token.kind()) {
                    case ERROR -> token.text();
                    case LINE_END, END, INDENT, DEDENT -> "something is missing at the end";
                    default -> "'" + PythonScript.shown(token.text()) + "' is unexpected";
                });
    }
}

package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.nixlab.convert.Statement.Assertion;
import org.nixlab.convert.Statement.Assignment;
import org.nixlab.convert.Statement.Augmented;
import org.nixlab.convert.Statement.Comment;
import org.nixlab.convert.Statement.Evaluation;
import org.nixlab.convert.Statement.Import;
import org.nixlab.convert.Statement.Imported;
import org.nixlab.convert.Statement.Jump;
import org.nixlab.convert.Statement.Outer;
import org.nixlab.convert.Statement.Raise;
import org.nixlab.convert.Statement.Return;
import org.nixlab.convert.Statement.Source;
import org.nixlab.convert.Statement.Unparsed;
import org.nixlab.convert.Token.Kind;

/**
 * Reads a script. A statement that is not understood becomes one {@link Unparsed}, with the block that belongs to it; those
 * around it are read all the same.
 */
final class PythonParser {
    private static final Set<String> AUGMENTED =
            Set.of("+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", "<<=", ">>=", "@=");
    private static final Set<String> CLAUSES = Set.of("elif", "else", "except", "finally");

    private final String text;
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final List<Token> notes;
    private final BlockParser blocks;

    private PythonParser(String text) {
        this.text = text;
        var lexer = new PythonLexer(text);
        tokens = new TokenStream(lexer.script());
        notes = lexer.notes();
        expressions = new ExpressionParser(tokens);
        blocks = new BlockParser(this, tokens, expressions);
    }

    static List<Statement> parse(String text) {
        var parser = new PythonParser(text);
        var statements = new ArrayList<Statement>();
        while (!parser.tokens.sees(Kind.END)) {
            // Indentation without reason, as it stays where Nix would have put a line before it, means nothing.
            if (!parser.tokens.takes(Kind.INDENT) && !parser.tokens.takes(Kind.DEDENT)) {
                parser.statements(statements);
            }
        }
        return statements;
    }

    /** Reads the block behind a colon, which is read, too. */
    List<Statement> block() {
        tokens.expect(":");
        var body = new ArrayList<Statement>();
        if (!tokens.takes(Kind.LINE_END)) {
            statements(body);
        } else if (tokens.takes(Kind.INDENT)) {
            indented(body);
        }
        return body;
    }

    private void indented(List<Statement> body) {
        while (!tokens.takes(Kind.DEDENT) && !tokens.sees(Kind.END)) {
            if (tokens.takes(Kind.INDENT)) {
                indented(body);
            } else {
                statements(body);
            }
        }
    }

    /** Reads a compound statement, or a line of simple ones. */
    private void statements(List<Statement> target) {
        int start = tokens.peek().start();
        if (tokens.sees(Kind.COMMENT)) {
            var said = tokens.next().text().substring(1).strip();
            target.add(new Comment(new Source(start, tokens.end(), List.of(), ""), said));
            return;
        }
        try {
            var compound = blocks.compound(start);
            if (compound.isPresent()) {
                target.add(compound.get());
            } else {
                line(target);
            }
        } catch (PythonSyntaxException e) {
            int place = e.place() < 0 ? tokens.peek().start() : e.place();
            skip();
            target.add(new Unparsed(source(start), place, e.getMessage()));
        }
    }

    private void line(List<Statement> target) {
        int first = target.size();
        try {
            do {
                target.add(simple());
            } while (tokens.takes(";") && !tokens.sees(Kind.LINE_END));
            if (!tokens.takes(Kind.LINE_END)) {
                throw tokens.unexpected();
            }
        } catch (PythonSyntaxException e) {
            target.subList(first, target.size()).clear();
            throw e;
        }
    }

    /** Skips the rest of a line, the block below it and the clauses that go on with it. */
    private void skip() {
        do {
            while (!tokens.sees(Kind.LINE_END) && !tokens.sees(Kind.END)) {
                tokens.next();
            }
            tokens.takes(Kind.LINE_END);
            if (tokens.takes(Kind.INDENT)) {
                int depth = 1;
                while (depth > 0 && !tokens.sees(Kind.END)) {
                    var token = tokens.next();
                    depth += token.is(Kind.INDENT) ? 1 : token.is(Kind.DEDENT) ? -1 : 0;
                }
            }
        } while (CLAUSES.contains(tokens.peek().text()) && tokens.sees(Kind.NAME));
    }

    /** Returns the place of what begins there and ends with the word read last. */
    Source source(int start) {
        return source(start, tokens.end());
    }

    /** Returns the place of a compound statement that ends with the word read last, and its first line there. */
    Source source(int start, int headEnd) {
        var inside = new ArrayList<String>();
        var behind = new StringBuilder();
        for (var note : notes) {
            var said = note.text().substring(1).strip();
            if (note.start() >= start && note.start() < headEnd) {
                inside.add(said);
            } else if (note.start() >= headEnd && isBlank(headEnd, note.start())) {
                behind.append(said);
            }
        }
        return new Source(start, tokens.end(), inside, behind.toString());
    }

    private boolean isBlank(int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> c == ' ' || c == '\t');
    }

    private Statement simple() {
        int start = tokens.peek().start();
        return switch (tokens.sees(Kind.NAME) ? tokens.peek().text() : "") {
            case "assert" -> assertion(start);
            case "return" -> {
                tokens.next();
                var value = endsLine() ? Optional.<Expression>empty() : Optional.of(expressions.list());
                yield new Return(source(start), value);
            }
            case "raise" -> raise(start);
            case "pass", "break", "continue" -> {
                var word = tokens.next().text();
                yield new Jump(source(start), word);
            }
            case "import", "from" -> imports(start);
            case "global", "nonlocal" -> outer(start);
            case "del" -> throw new PythonSyntaxException("del");
            default -> assignmentOrValue(start);
        };
    }

    private Statement assertion(int start) {
        tokens.next();
        var test = expressions.expression();
        var message = tokens.takes(",") ? Optional.of(expressions.expression()) : Optional.<Expression>empty();
        return new Assertion(source(start), test, message);
    }

    private Statement raise(int start) {
        tokens.next();
        var value = endsLine() ? Optional.<Expression>empty() : Optional.of(expressions.expression());
        if (tokens.takes("from")) {
            expressions.expression();
        }
        return new Raise(source(start), value);
    }

    private Statement outer(int start) {
        tokens.next();
        var names = new ArrayList<String>();
        do {
            names.add(tokens.name());
        } while (tokens.takes(","));
        return new Outer(source(start), names);
    }

    private Statement assignmentOrValue(int start) {
        var values = new ArrayList<Expression>();
        values.add(expressions.list());
        if (tokens.takes(":")) {
            expressions.expression();
            if (endsLine()) {
                return new Jump(source(start), "pass");
            }
        }
        if (AUGMENTED.contains(tokens.peek().text()) && tokens.sees(Kind.OPERATOR)) {
            var operator = tokens.next().text();
            var value = expressions.list();
            return new Augmented(source(start), values.get(0), operator.substring(0, operator.length() - 1), value);
        }
        while (tokens.takes("=")) {
            values.add(expressions.list());
        }
        return values.size() == 1
                ? new Evaluation(source(start), values.get(0))
                : new Assignment(source(start), values.subList(0, values.size() - 1), values.get(values.size() - 1));
    }

    private boolean endsLine() {
        return tokens.sees(Kind.LINE_END) || tokens.sees(";") || tokens.sees(Kind.END);
    }

    private Statement imports(int start) {
        var names = new ArrayList<Imported>();
        if (tokens.next().is("import")) {
            do {
                var path = path();
                names.add(new Imported(path, tokens.takes("as") ? tokens.name() : path.split("\\.")[0]));
            } while (tokens.takes(","));
        } else {
            var module = path();
            tokens.expect("import");
            boolean bracket = tokens.takes("(");
            do {
                if (tokens.takes("*")) {
                    names.add(new Imported(module + ".*", "*"));
                } else if (!tokens.sees(")")) {
                    var name = tokens.name();
                    names.add(new Imported(module + "." + name, tokens.takes("as") ? tokens.name() : name));
                }
            } while (tokens.takes(","));
            if (bracket) {
                tokens.expect(")");
            }
        }
        return new Import(source(start), names);
    }

    private String path() {
        var path = new StringBuilder(tokens.name());
        while (tokens.takes(".")) {
            path.append('.').append(tokens.name());
        }
        return path.toString();
    }
}

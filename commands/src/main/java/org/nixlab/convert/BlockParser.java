package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.nixlab.convert.Expression.Sequence;
import org.nixlab.convert.Statement.For;
import org.nixlab.convert.Statement.Function;
import org.nixlab.convert.Statement.Handler;
import org.nixlab.convert.Statement.If;
import org.nixlab.convert.Statement.Try;
import org.nixlab.convert.Statement.Unparsed;
import org.nixlab.convert.Statement.While;
import org.nixlab.convert.Statement.With;
import org.nixlab.convert.Token.Kind;

/** Reads statements that have blocks. */
final class BlockParser {
    private final PythonParser parser;
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    BlockParser(PythonParser parser, TokenStream tokens, ExpressionParser expressions) {
        this.parser = parser;
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** Returns the statement that begins here, or nothing if it has no block. */
    Optional<Statement> compound(int start) {
        if (tokens.sees("@")) {
            while (!tokens.sees(Kind.LINE_END) && !tokens.sees(Kind.END)) {
                tokens.next();
            }
            tokens.takes(Kind.LINE_END);
            return Optional.of(new Unparsed(parser.source(start), start, "a decorator"));
        }
        if (!tokens.sees(Kind.NAME)) {
            return Optional.empty();
        }
        return switch (tokens.peek().text()) {
            case "if" -> Optional.of(branch(start));
            case "for" -> Optional.of(loop(start));
            case "while" -> Optional.of(whileLoop(start));
            case "def" -> Optional.of(function(start));
            case "with" -> Optional.of(with(start));
            case "try" -> Optional.of(attempt(start));
            case "class" -> throw new PythonSyntaxException("a class");
            case "async" -> throw new PythonSyntaxException("async");
            default -> Optional.empty();
        };
    }

    private Statement branch(int start) {
        tokens.next();
        var test = expressions.expression();
        int head = tokens.peek().end();
        var body = parser.block();
        List<Statement> otherwise = List.of();
        if (tokens.sees("elif")) {
            otherwise = List.of(branch(tokens.peek().start()));
        } else if (tokens.takes("else")) {
            otherwise = parser.block();
        }
        return new If(parser.source(start, head), test, body, otherwise);
    }

    private Statement loop(int start) {
        tokens.next();
        var target = expressions.targets();
        tokens.expect("in");
        var iterable = expressions.list();
        int head = tokens.peek().end();
        var body = parser.block();
        var otherwise = tokens.takes("else") ? parser.block() : List.<Statement>of();
        return new For(parser.source(start, head), target, iterable, body, otherwise);
    }

    private Statement whileLoop(int start) {
        tokens.next();
        var test = expressions.expression();
        int head = tokens.peek().end();
        var body = parser.block();
        var otherwise = tokens.takes("else") ? parser.block() : List.<Statement>of();
        return new While(parser.source(start, head), test, body, otherwise);
    }

    private Statement function(int start) {
        tokens.next();
        var name = tokens.name();
        tokens.expect("(");
        var parameters = expressions.parameters(")");
        if (tokens.takes("->")) {
            expressions.expression();
        }
        int head = tokens.peek().end();
        var body = parser.block();
        return new Function(parser.source(start, head), name, parameters, body);
    }

    /** Several contexts in one statement are as many statements, one in the other. */
    private With with(int start) {
        tokens.next();
        var contexts = new ArrayList<Expression>();
        boolean named = false;
        do {
            var context = expressions.expression();
            contexts.addAll(context instanceof Sequence several ? several.items() : List.of(context));
            if (tokens.takes("as")) {
                expressions.targets();
                named = true;
            }
        } while (tokens.takes(","));
        int head = tokens.peek().end();
        var body = parser.block();
        var source = parser.source(start, head);
        var inside = new Statement.Source(source.start(), source.end(), List.of(), "");
        for (int i = contexts.size() - 1; i > 0; i--) {
            body = List.of(new With(inside, contexts.get(i), named, body));
        }
        return new With(source, contexts.get(0), named, body);
    }

    private Statement attempt(int start) {
        tokens.next();
        int head = tokens.peek().end();
        var body = parser.block();
        var handlers = new ArrayList<Handler>();
        while (tokens.takes("except")) {
            var type = tokens.sees(":") ? Optional.<Expression>empty() : Optional.of(expressions.list());
            var name = tokens.takes("as") ? tokens.name() : "";
            handlers.add(new Handler(type, name, parser.block()));
        }
        var otherwise = tokens.takes("else") ? parser.block() : List.<Statement>of();
        var last = tokens.takes("finally") ? parser.block() : List.<Statement>of();
        if (handlers.isEmpty() && last.isEmpty()) {
            throw new PythonSyntaxException("try without except and finally");
        }
        return new Try(parser.source(start, head), body, handlers, otherwise, last);
    }
}

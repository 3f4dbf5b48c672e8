package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.nixlab.convert.Expression.Antiquotation;
import org.nixlab.convert.Expression.Argument;
import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Binary;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Clause;
import org.nixlab.convert.Expression.Comparison;
import org.nixlab.convert.Expression.Comprehension;
import org.nixlab.convert.Expression.Conditional;
import org.nixlab.convert.Expression.Constant;
import org.nixlab.convert.Expression.Dictionary;
import org.nixlab.convert.Expression.Entry;
import org.nixlab.convert.Expression.Foreign;
import org.nixlab.convert.Expression.Lambda;
import org.nixlab.convert.Expression.Link;
import org.nixlab.convert.Expression.Logical;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Expression.Number;
import org.nixlab.convert.Expression.Parameter;
import org.nixlab.convert.Expression.Sequence;
import org.nixlab.convert.Expression.Slice;
import org.nixlab.convert.Expression.Starred;
import org.nixlab.convert.Expression.Subscript;
import org.nixlab.convert.Expression.Unary;
import org.nixlab.convert.Token.Kind;

/** Reads expressions by recursive descent, one method for each level of precedence that is special. */
final class ExpressionParser {
    static final Set<String> KEYWORDS = Set.of(
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");

    /** From the loosest to the tightest; all of them are left-associative. */
    private static final List<Set<String>> BINARY = List.of(
            Set.of("|"),
            Set.of("^"),
            Set.of("&"),
            Set.of("<<", ">>"),
            Set.of("+", "-"),
            Set.of("*", "/", "//", "%", "@"));

    private static final Set<String> COMPARISONS = Set.of("<", ">", "==", "!=", "<=", ">=", "in", "is");

    private final TokenStream tokens;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /** Reads expressions with commas between them: a tuple, if there are any. */
    Expression list() {
        var first = starred();
        if (!tokens.sees(",")) {
            return first;
        }
        var items = new ArrayList<>(List.of(first));
        while (tokens.takes(",") && startsExpression()) {
            items.add(starred());
        }
        return new Sequence('(', items);
    }

    /** Reads the targets of {@code for}, in which {@code in} is no operator. */
    Expression targets() {
        var first = target();
        if (!tokens.sees(",")) {
            return first;
        }
        var items = new ArrayList<>(List.of(first));
        while (tokens.takes(",") && startsExpression()) {
            items.add(target());
        }
        return new Sequence('(', items);
    }

    private Expression target() {
        return tokens.takes("*") ? new Starred(binary(0)) : binary(0);
    }

    private boolean startsExpression() {
        var token = tokens.peek();
        return switch (token.kind()) {
            case NUMBER, STRING, ANTIQUOTATION -> true;
            case NAME ->
                !KEYWORDS.contains(token.text()) || Set.of("not", "lambda").contains(token.text());
            case OPERATOR -> Set.of("(", "[", "{", "-", "+", "~", "*", "...").contains(token.text());
            default -> false;
        };
    }

    private Expression starred() {
        return tokens.takes("*") ? new Starred(expression()) : expression();
    }

    Expression expression() {
        if (tokens.takes("lambda")) {
            var parameters = parameters(":");
            return new Lambda(parameters, expression());
        }
        var value = logical("or");
        if (tokens.takes("if")) {
            var test = logical("or");
            tokens.expect("else");
            return new Conditional(test, value, expression());
        }
        if (tokens.takes(":=")) {
            expression();
            return new Foreign("':='");
        }
        return value;
    }

    /** Reads parameters up to an end, which is read as well. */
    List<Parameter> parameters(String end) {
        var parameters = new ArrayList<Parameter>();
        while (!tokens.takes(end)) {
            if (tokens.sees("*") || tokens.sees("**") || tokens.sees("/")) {
                throw new PythonSyntaxException(
                        "a parameter with '" + tokens.peek().text() + "'");
            }
            var name = tokens.name();
            if (end.equals(")") && tokens.takes(":")) {
                expression();
            }
            parameters.add(new Parameter(name, tokens.takes("=") ? Optional.of(expression()) : Optional.empty()));
            if (!tokens.sees(end)) {
                tokens.expect(",");
            }
        }
        return parameters;
    }

    private Expression logical(String operator) {
        var operands = new ArrayList<>(List.of(operator.equals("or") ? logical("and") : negation()));
        while (tokens.takes(operator)) {
            operands.add(operator.equals("or") ? logical("and") : negation());
        }
        return operands.size() == 1 ? operands.get(0) : new Logical(operator, operands);
    }

    private Expression negation() {
        return tokens.takes("not") ? new Unary("not", negation()) : comparison();
    }

    private Expression comparison() {
        var first = binary(0);
        var links = new ArrayList<Link>();
        while (COMPARISONS.stream().anyMatch(tokens::sees)
                || tokens.sees("not") && tokens.peekBehind().is("in")) {
            var operator = tokens.next().text();
            if (operator.equals("not")) {
                tokens.next();
                operator = "not in";
            } else if (operator.equals("is") && tokens.takes("not")) {
                operator = "is not";
            }
            links.add(new Link(operator, binary(0)));
        }
        return links.isEmpty() ? first : new Comparison(first, links);
    }

    private Expression binary(int level) {
        if (level == BINARY.size()) {
            return unary();
        }
        var left = binary(level + 1);
        while (tokens.sees(Kind.OPERATOR)
                && BINARY.get(level).contains(tokens.peek().text())) {
            var operator = tokens.next().text();
            left = new Binary(operator, left, binary(level + 1));
        }
        return left;
    }

    private Expression unary() {
        for (var operator : List.of("-", "+", "~")) {
            if (tokens.takes(operator)) {
                return new Unary(operator, unary());
            }
        }
        if (tokens.takes("await")) {
            unary();
            return new Foreign("await");
        }
        var base = postfix(atom());
        return tokens.takes("**") ? new Binary("**", base, unary()) : base;
    }

    private Expression postfix(Expression atom) {
        var value = atom;
        while (true) {
            if (tokens.takes(".")) {
                value = new Attribute(value, tokens.name());
            } else if (tokens.takes("(")) {
                value = new Call(value, arguments());
            } else if (tokens.takes("[")) {
                value = new Subscript(value, index());
                tokens.expect("]");
            } else {
                return value;
            }
        }
    }

    private List<Argument> arguments() {
        var arguments = new ArrayList<Argument>();
        while (!tokens.takes(")")) {
            if (tokens.sees("*") || tokens.sees("**")) {
                arguments.add(new Argument(tokens.next().text(), expression()));
            } else if (tokens.sees(Kind.NAME) && tokens.peekBehind().is("=")) {
                var name = tokens.name();
                tokens.next();
                arguments.add(new Argument(name, expression()));
            } else {
                var value = expression();
                arguments.add(new Argument("", tokens.sees("for") ? comprehension('(', value, null) : value));
            }
            if (!tokens.sees(")")) {
                tokens.expect(",");
            }
        }
        return arguments;
    }

    private Expression index() {
        var first = tokens.sees(":") ? Optional.<Expression>empty() : Optional.of(list());
        if (!tokens.takes(":")) {
            return first.orElseThrow(tokens::unexpected);
        }
        var to = tokens.sees(":") || tokens.sees("]") ? Optional.<Expression>empty() : Optional.of(expression());
        var step = tokens.takes(":") && !tokens.sees("]") ? Optional.of(expression()) : Optional.<Expression>empty();
        return new Slice(first, to, step);
    }

    private Expression atom() {
        var token = tokens.peek();
        switch (token.kind()) {
            case NUMBER -> {
                return new Number(tokens.next().text());
            }
            case STRING -> {
                return strings();
            }
            case ANTIQUOTATION -> {
                return antiquotation(tokens.next().text());
            }
            case OPERATOR -> {
                return brackets();
            }
            default -> {
                return name();
            }
        }
    }

    /** One that is only a part of a name makes a name that nobody knows. */
    private static Expression antiquotation(String word) {
        var shown = PythonScript.shown(word);
        boolean whole = word.charAt(0) == PythonScript.OPEN && word.indexOf(PythonScript.CLOSE) == word.length() - 1;
        return whole && shown.startsWith("${")
                ? new Antiquotation(shown)
                : new Foreign("what Nix makes of '" + shown.lines().findFirst().orElse("") + "'");
    }

    private Expression name() {
        if (Set.of("None", "True", "False").contains(tokens.peek().text())) {
            return new Constant(tokens.next().text());
        }
        if (tokens.takes("yield")) {
            tokens.takes("from");
            if (startsExpression()) {
                list();
            }
            return new Foreign("yield");
        }
        return new Name(tokens.name());
    }

    private Expression strings() {
        var literals = new PythonStrings();
        while (tokens.sees(Kind.STRING)) {
            literals.add(tokens.next());
        }
        return literals.expression();
    }

    private Expression brackets() {
        if (tokens.takes("...")) {
            return new Foreign("'...'");
        }
        char open = tokens.peek().text().charAt(0);
        if ("([{".indexOf(open) < 0 || tokens.peek().text().length() > 1) {
            throw tokens.unexpected();
        }
        tokens.next();
        var close = open == '(' ? ")" : open == '[' ? "]" : "}";
        if (tokens.takes(close)) {
            return open == '{' ? new Dictionary(List.of()) : new Sequence(open, List.of());
        }
        var value = open == '{' ? braced() : bracketed(open, starred());
        tokens.expect(close);
        return value;
    }

    private Expression bracketed(char open, Expression first) {
        if (tokens.sees("for")) {
            return comprehension(open, first, null);
        }
        if (open == '(' && !tokens.sees(",")) {
            return first;
        }
        var items = new ArrayList<>(List.of(first));
        while (tokens.takes(",") && startsExpression()) {
            items.add(starred());
        }
        return new Sequence(open, items);
    }

    private Expression braced() {
        var first = starred();
        if (!tokens.takes(":")) {
            return bracketed('{', first);
        }
        var value = expression();
        if (tokens.sees("for")) {
            return comprehension('{', first, value);
        }
        var entries = new ArrayList<>(List.of(new Entry(first, value)));
        while (tokens.takes(",") && !tokens.sees("}")) {
            var key = expression();
            tokens.expect(":");
            entries.add(new Entry(key, expression()));
        }
        return new Dictionary(entries);
    }

    private Expression comprehension(char open, Expression element, Expression value) {
        var clauses = new ArrayList<Clause>();
        while (tokens.takes("for")) {
            var target = targets();
            tokens.expect("in");
            var iterable = logical("or");
            var conditions = new ArrayList<Expression>();
            while (tokens.takes("if")) {
                conditions.add(logical("or"));
            }
            clauses.add(new Clause(target, iterable, conditions));
        }
        return new Comprehension(open, element, Optional.ofNullable(value), clauses);
    }
}

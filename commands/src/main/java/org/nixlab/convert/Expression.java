package org.nixlab.convert;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An expression of Python. Texts of operators are Python's. */
sealed interface Expression {
    /** Returns the expressions it is made of, in their order. */
    default List<Expression> children() {
        return List.of();
    }

    record Name(String id) implements Expression {}

    /**
     * A string, perhaps with expressions in it, perhaps written as several.
     *
     * @param isLong whether it was written over several lines, between three quotes
     */
    record Text(List<Part> parts, boolean isLong) implements Expression {
        public Text {
            parts = List.copyOf(parts);
        }

        static Text of(String value) {
            return new Text(List.of(new Literal(value)), false);
        }

        boolean isPlain() {
            return parts.stream().noneMatch(Field.class::isInstance);
        }

        /** Returns what it says, without the expressions in it. */
        String literally() {
            var text = new StringBuilder();
            for (var part : parts) {
                text.append(part instanceof Literal literal ? literal.value : "");
            }
            return text.toString();
        }

        @Override
        public List<Expression> children() {
            return parts.stream()
                    .filter(Field.class::isInstance)
                    .map(part -> ((Field) part).value)
                    .toList();
        }
    }

    sealed interface Part {}

    record Literal(String value) implements Part {}

    /**
     * An expression inside a string.
     *
     * @param format as behind its colon, {@link #SHOWN}, or empty
     */
    record Field(Expression value, String format) implements Part {
        /** As Python's {@code repr} writes it. */
        static final String SHOWN = "!r";
    }

    /** The place where one string ended and the next began, on another line. */
    record Seam() implements Part {}

    record Number(String digits) implements Expression {}

    /** {@code None}, {@code True} or {@code False}. */
    record Constant(String id) implements Expression {}

    record Attribute(Expression object, String name) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(object);
        }
    }

    record Call(Expression function, List<Argument> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Expression> children() {
            return Stream.concat(Stream.of(function), arguments.stream().map(Argument::value))
                    .toList();
        }
    }

    /**
     * An argument of a call.
     *
     * @param keyword the name it is given by, {@code *} or {@code **} for one that stands for many, or empty
     */
    record Argument(String keyword, Expression value) {
        boolean isPositional() {
            return keyword.isEmpty();
        }
    }

    record Subscript(Expression object, Expression index) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(object, index);
        }
    }

    record Slice(Optional<Expression> from, Optional<Expression> to, Optional<Expression> step) implements Expression {
        @Override
        public List<Expression> children() {
            return Stream.of(from, to, step).flatMap(Optional::stream).toList();
        }
    }

    /**
     * @param open the bracket it begins with: a list, a tuple or a set
     */
    record Sequence(char open, List<Expression> items) implements Expression {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public List<Expression> children() {
            return items;
        }
    }

    record Starred(Expression value) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(value);
        }
    }

    record Dictionary(List<Entry> entries) implements Expression {
        public Dictionary {
            entries = List.copyOf(entries);
        }

        @Override
        public List<Expression> children() {
            return entries.stream()
                    .flatMap(entry -> Stream.of(entry.key, entry.value))
                    .toList();
        }
    }

    record Entry(Expression key, Expression value) {}

    /**
     * @param open the bracket it begins with: a list, a generator or a set; with a value, a dictionary
     */
    record Comprehension(char open, Expression element, Optional<Expression> value, List<Clause> clauses)
            implements Expression {
        public Comprehension {
            clauses = List.copyOf(clauses);
        }

        @Override
        public List<Expression> children() {
            return Stream.concat(
                            clauses.stream()
                                    .flatMap(clause -> Stream.concat(
                                            Stream.of(clause.iterable, clause.target), clause.conditions.stream())),
                            Stream.concat(Stream.of(element), value.stream()))
                    .toList();
        }
    }

    record Clause(Expression target, Expression iterable, List<Expression> conditions) {
        public Clause {
            conditions = List.copyOf(conditions);
        }
    }

    record Unary(String operator, Expression operand) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(operand);
        }
    }

    record Binary(String operator, Expression left, Expression right) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(left, right);
        }
    }

    record Comparison(Expression first, List<Link> links) implements Expression {
        public Comparison {
            links = List.copyOf(links);
        }

        @Override
        public List<Expression> children() {
            return Stream.concat(Stream.of(first), links.stream().map(Link::operand))
                    .toList();
        }
    }

    record Link(String operator, Expression operand) {}

    /** {@code and} or {@code or}. */
    record Logical(String operator, List<Expression> operands) implements Expression {
        public Logical {
            operands = List.copyOf(operands);
        }

        @Override
        public List<Expression> children() {
            return operands;
        }
    }

    record Conditional(Expression test, Expression then, Expression otherwise) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(test, then, otherwise);
        }
    }

    record Lambda(List<Parameter> parameters, Expression body) implements Expression {
        public Lambda {
            parameters = List.copyOf(parameters);
        }

        @Override
        public List<Expression> children() {
            return Stream.concat(parameters.stream().flatMap(parameter -> parameter.preset.stream()), Stream.of(body))
                    .toList();
        }
    }

    record Parameter(String name, Optional<Expression> preset) {}

    /** What Nix would have put here. */
    record Antiquotation(String text) implements Expression {}

    /** What was understood as far as to know that it has no counterpart. */
    record Foreign(String what) implements Expression {}
}

package org.nixlab.convert;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A statement of Python. */
sealed interface Statement {
    Source source();

    /** Returns the expressions of it that are no part of its blocks, in the order in which Python looks at them. */
    default List<Expression> expressions() {
        return List.of();
    }

    /** Returns the blocks below it. */
    default List<List<Statement>> blocks() {
        return List.of();
    }

    /**
     * Where it stands.
     *
     * @param start offset in the script
     * @param end behind its last word
     * @param notes the comments among its words, in their order; of a compound statement those of its first line
     * @param note the comment behind it, or empty
     */
    record Source(int start, int end, List<String> notes, String note) {
        public Source {
            notes = List.copyOf(notes);
        }
    }

    record Evaluation(Source source, Expression value) implements Statement {
        @Override
        public List<Expression> expressions() {
            return List.of(value);
        }
    }

    record Assignment(Source source, List<Expression> targets, Expression value) implements Statement {
        public Assignment {
            targets = List.copyOf(targets);
        }

        @Override
        public List<Expression> expressions() {
            return Stream.concat(Stream.of(value), targets.stream()).toList();
        }
    }

    /** @param operator without the equals sign */
    record Augmented(Source source, Expression target, String operator, Expression value) implements Statement {
        @Override
        public List<Expression> expressions() {
            return List.of(target, value);
        }
    }

    record Assertion(Source source, Expression test, Optional<Expression> message) implements Statement {
        @Override
        public List<Expression> expressions() {
            return Stream.concat(Stream.of(test), message.stream()).toList();
        }
    }

    record Return(Source source, Optional<Expression> value) implements Statement {
        @Override
        public List<Expression> expressions() {
            return value.stream().toList();
        }
    }

    record Raise(Source source, Optional<Expression> value) implements Statement {
        @Override
        public List<Expression> expressions() {
            return value.stream().toList();
        }
    }

    /** {@code break}, {@code continue} or {@code pass}. */
    record Jump(Source source, String word) implements Statement {}

    record Import(Source source, List<Imported> names) implements Statement {
        public Import {
            names = List.copyOf(names);
        }
    }

    /**
     * @param path as {@code os.path}, or {@code shlex.quote} if it is taken from a module
     * @param name what the script calls it
     */
    record Imported(String path, String name) {}

    /** {@code global} and {@code nonlocal}. */
    record Outer(Source source, List<String> names) implements Statement {
        public Outer {
            names = List.copyOf(names);
        }
    }

    record If(Source source, Expression test, List<Statement> body, List<Statement> otherwise) implements Statement {
        public If {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(test);
        }

        @Override
        public List<List<Statement>> blocks() {
            return List.of(body, otherwise);
        }
    }

    record For(Source source, Expression target, Expression iterable, List<Statement> body, List<Statement> otherwise)
            implements Statement {
        public For {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(iterable);
        }

        @Override
        public List<List<Statement>> blocks() {
            return List.of(body, otherwise);
        }
    }

    record While(Source source, Expression test, List<Statement> body, List<Statement> otherwise) implements Statement {
        public While {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(test);
        }

        @Override
        public List<List<Statement>> blocks() {
            return List.of(body, otherwise);
        }
    }

    record Function(Source source, String name, List<Expression.Parameter> parameters, List<Statement> body)
            implements Statement {
        public Function {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }

        @Override
        public List<Expression> expressions() {
            return parameters.stream()
                    .flatMap(parameter -> parameter.preset().stream())
                    .toList();
        }
    }

    record With(Source source, Expression context, boolean named, List<Statement> body) implements Statement {
        public With {
            body = List.copyOf(body);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(context);
        }

        @Override
        public List<List<Statement>> blocks() {
            return List.of(body);
        }
    }

    record Try(
            Source source,
            List<Statement> body,
            List<Handler> handlers,
            List<Statement> otherwise,
            List<Statement> last)
            implements Statement {
        public Try {
            body = List.copyOf(body);
            handlers = List.copyOf(handlers);
            otherwise = List.copyOf(otherwise);
            last = List.copyOf(last);
        }

        @Override
        public List<List<Statement>> blocks() {
            return Stream.of(Stream.of(body), handlers.stream().map(Handler::body), Stream.of(otherwise, last))
                    .flatMap(blocks -> blocks)
                    .toList();
        }
    }

    /** @param name what it calls the exception, or empty */
    record Handler(Optional<Expression> type, String name, List<Statement> body) {
        public Handler {
            body = List.copyOf(body);
        }
    }

    record Comment(Source source, String text) implements Statement {}

    /**
     * What was not understood.
     *
     * @param place where in the script it goes wrong
     */
    record Unparsed(Source source, int place, String reason) implements Statement {}
}

package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Clause;
import org.nixlab.convert.Expression.Comprehension;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Expression.Number;
import org.nixlab.convert.Expression.Sequence;

/** Writes what goes through several values: comprehensions, and what {@code for} goes through. */
final class ComprehensionWriter {
    private final ExpressionWriter writer;

    ComprehensionWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    Groovy value(Comprehension comprehension) {
        var step = new Step(writer, comprehension);
        if (comprehension.value().isPresent()) {
            var entry = "[(" + step.inner.value(comprehension.element()).text() + "): "
                    + step.inner.value(comprehension.value().get()).text() + "]";
            return Groovy.atom(step.values().object() + ".collectEntries { " + step.heads() + " -> " + entry + " }");
        }
        var list = list(step, comprehension);
        return comprehension.open() == '{' ? list.call("toSet") : list;
    }

    /** Returns whether any or every value fulfils a condition, which is what the comprehension collects. */
    Groovy quantified(Comprehension generator, String method) {
        var step = new Step(writer, generator);
        var test = step.inner.condition(generator.element()).text();
        return Groovy.atom(step.values().object() + "." + method + " { " + step.heads() + " -> " + test + " }");
    }

    private static Groovy list(Step step, Comprehension comprehension) {
        if (comprehension.element().equals(step.clause.target())) {
            return step.isFiltered() && comprehension.element() instanceof Name
                    ? step.values()
                    : step.values().call("toList");
        }
        return Groovy.atom(step.values().object() + ".collect { " + step.heads() + " -> "
                + step.inner.value(comprehension.element()).text() + " }");
    }

    /** Returns what Groovy goes through where Python goes through this, one value at a time. */
    Groovy iterable(Expression expression) {
        if (expression instanceof Call call && called(call, "range")) {
            return range(
                    call.arguments().stream().map(Expression.Argument::value).toList());
        }
        if (expression instanceof Call call && (called(call, "enumerate") || isItems(call))) {
            throw new UnconvertibleException(Arguments.function(call) + "() as a value has no counterpart");
        }
        var value = writer.value(expression);
        return switch (writer.kind(expression)) {
            case MAP -> value.call("keySet");
            case JSON -> keys(value);
            default -> value;
        };
    }

    /** Returns the keys of what may be a map, or else it itself; a call in it is made once only. */
    static Groovy keys(Groovy json) {
        return json.text().matches("[\\w.'\\[\\]]+")
                ? Groovy.atom(
                        "(" + json.text() + " instanceof Map ? " + json.text() + ".keySet() : " + json.text() + ")")
                : Groovy.atom(json.object() + ".with { it instanceof Map ? it.keySet() : it }");
    }

    /** Returns pairs, with an index or a key in them, in the order in which Groovy has it. */
    Pairs pairs(Expression expression, List<Expression> targets) {
        if (expression instanceof Call call && called(call, "enumerate")) {
            var arguments = Arguments.of(call, "iterable", "start");
            var start = arguments
                    .get("start")
                    .map(each -> writer.value(each).text())
                    .orElse("");
            var indexed = iterable(arguments.need("iterable")).call("withIndex", start);
            return new Pairs(indexed, List.of(targets.get(1), targets.get(0)));
        }
        if (expression instanceof Call call && isItems(call)) {
            return new Pairs(writer.value(((Attribute) call.function()).object()), targets);
        }
        return new Pairs(iterable(expression), targets);
    }

    private boolean called(Call call, String function) {
        return writer.imports()
                .path(call.function(), writer.scope())
                .filter(function::equals)
                .isPresent();
    }

    static boolean isItems(Call call) {
        return call.function() instanceof Attribute method
                && method.name().equals("items")
                && call.arguments().isEmpty();
    }

    /** Groovy's ranges go down where Python's are empty. */
    Groovy range(List<Expression> arguments) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw UnconvertibleException.noCounterpart("range");
        }
        var from = arguments.size() > 1 ? arguments.get(0) : new Number("0");
        var to = arguments.get(arguments.size() - 1);
        if (!(from instanceof Name || from instanceof Number)) {
            throw UnconvertibleException.noCounterpart("range");
        }
        var begin = writer.value(from).in(Groovy.SUM);
        var first = OperatorWriter.whole(from);
        var last = OperatorWriter.whole(to);
        boolean goesUp = first.isPresent() && last.isPresent() && first.get() < last.get()
                || first.equals(Optional.of(0)) && to instanceof Call call && called(call, "len");
        var end = writer.value(to);
        return new Groovy(
                begin + "..<" + (goesUp ? end.in(Groovy.SUM) : "Math.max(" + begin + ", " + end.text() + ")"),
                Groovy.SHIFT);
    }

    /**
     * @param targets what the parts of each pair are for
     */
    record Pairs(Groovy values, List<Expression> targets) {}

    /** One {@code for} of a comprehension, with its conditions. */
    private static final class Step {
        private final Clause clause;
        private final Groovy iterable;
        private final List<String> names;
        private final ExpressionWriter inner;

        Step(ExpressionWriter writer, Comprehension comprehension) {
            if (comprehension.clauses().size() > 1) {
                throw new UnconvertibleException("a comprehension of several loops has no counterpart");
            }
            clause = comprehension.clauses().get(0);
            var comprehensions = new ComprehensionWriter(writer);
            if (clause.target() instanceof Sequence several) {
                var pairs = comprehensions.pairs(clause.iterable(), several.items());
                iterable = pairs.values;
                names = names(pairs.targets);
            } else {
                iterable = comprehensions.iterable(clause.iterable());
                names = names(List.of(clause.target()));
            }
            var scope = writer.scope().closure(names);
            if (names.size() == 1) {
                scope.iterates(names.get(0), clause.iterable());
            }
            inner = writer.in(scope);
        }

        private static List<String> names(List<Expression> targets) {
            var names = new ArrayList<String>();
            for (var target : targets) {
                if (!(target instanceof Name name)) {
                    throw new UnconvertibleException("this target of for has no counterpart");
                }
                names.add(name.id());
            }
            return names;
        }

        boolean isFiltered() {
            return !clause.conditions().isEmpty();
        }

        String heads() {
            return names.stream().map(inner.scope()::groovy).collect(Collectors.joining(", "));
        }

        Groovy values() {
            if (!isFiltered()) {
                return iterable;
            }
            var conditions = clause.conditions().stream()
                    .map(condition -> inner.condition(condition).in(Groovy.AND))
                    .collect(Collectors.joining(" && "));
            return Groovy.atom(iterable.object() + ".findAll { " + heads() + " -> " + conditions + " }");
        }
    }
}

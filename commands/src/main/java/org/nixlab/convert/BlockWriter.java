package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Expression.Parameter;
import org.nixlab.convert.Expression.Sequence;
import org.nixlab.convert.Statement.For;
import org.nixlab.convert.Statement.Function;
import org.nixlab.convert.Statement.Handler;
import org.nixlab.convert.Statement.If;
import org.nixlab.convert.Statement.Outer;
import org.nixlab.convert.Statement.Try;
import org.nixlab.convert.Statement.While;
import org.nixlab.convert.Statement.With;
import org.nixlab.convert.StatementWriter.Place;

/**
 * Writes statements that have blocks. What stands before a block is written before the block, so that a statement of which
 * it cannot be turned is left as a whole.
 */
final class BlockWriter {
    /** Failed assertions are no exceptions to Groovy. */
    private static final Map<String, String> CAUGHT =
            Map.of("Exception", "Exception | AssertionError", "AssertionError", "AssertionError");

    private final StatementWriter statements;
    private final ScenarioText out;
    private final ExpressionWriter writer;

    BlockWriter(StatementWriter statements) {
        this.statements = statements;
        out = statements.out();
        writer = statements.writer();
    }

    void write(Statement statement) {
        if (statement instanceof If branch) {
            branches(branch);
        } else if (statement instanceof For loop) {
            loop(loop);
        } else if (statement instanceof While loop) {
            noElse(loop.otherwise());
            open("while (" + writer.condition(loop.test()).text() + ") {", loop);
            close(loop.body(), new Place(statements.place().mayReturn(), true));
        } else if (statement instanceof Function function) {
            function(function);
        } else if (statement instanceof With with) {
            with(with);
        } else if (statement instanceof Try attempt) {
            attempt(attempt);
        } else if (!(statement instanceof Outer)) {
            throw new UnconvertibleException("this statement has no counterpart");
        }
    }

    private void branches(If first) {
        var tests = new ArrayList<String>();
        for (Optional<If> each = Optional.of(first); each.isPresent(); each = elseIf(each.get())) {
            tests.add(writer.condition(each.get().test()).text());
        }
        open("if (" + tests.get(0) + ") {", first);
        block(first.body(), statements.place());
        var last = first;
        for (var test : tests.subList(1, tests.size())) {
            last = elseIf(last).orElseThrow();
            out.add("} else if (" + test + ") {", last.source().note());
            block(last.body(), statements.place());
        }
        if (!last.otherwise().isEmpty()) {
            out.add("} else {");
            block(last.otherwise(), statements.place());
        }
        out.add("}");
    }

    private static Optional<If> elseIf(If branch) {
        return branch.otherwise().size() == 1 && branch.otherwise().get(0) instanceof If inner
                ? Optional.of(inner)
                : Optional.empty();
    }

    private void loop(For loop) {
        noElse(loop.otherwise());
        var place = new Place(statements.place().mayReturn(), true);
        if (loop.target() instanceof Name name && writer.scope().isLoopVariable(name.id())) {
            var values = new ComprehensionWriter(writer).iterable(loop.iterable());
            open("for (" + writer.scope().groovy(name.id()) + " in " + values.text() + ") {", loop);
            close(loop.body(), place);
            return;
        }
        var targets = loop.target() instanceof Sequence several ? several.items() : List.of(loop.target());
        var each = writer.scope().take("each");
        try {
            unpacking(loop, targets, each, place);
        } finally {
            writer.scope().release(each);
        }
    }

    private void unpacking(For loop, List<Expression> targets, String each, Place place) {
        var comprehensions = new ComprehensionWriter(writer);
        if (targets.size() == 1) {
            var values = comprehensions.iterable(loop.iterable());
            open("for (" + each + " in " + values.text() + ") {", loop);
            out.indent();
            statements.assign(List.of(name(targets.get(0))), each, "");
        } else {
            boolean isItems = loop.iterable() instanceof Call call && ComprehensionWriter.isItems(call);
            var pairs = comprehensions.pairs(loop.iterable(), targets);
            var names = pairs.targets().stream().map(BlockWriter::name).toList();
            open("for (" + each + " in " + pairs.values().text() + ") {", loop);
            out.indent();
            boolean own = names.stream().allMatch(writer.scope()::isLoopVariable);
            statements.assign(own, names, isItems ? "[" + each + ".key, " + each + ".value]" : each, "");
        }
        out.outdent();
        close(loop.body(), place);
    }

    /** @throws UnconvertibleException if the target is no name */
    static String name(Expression target) {
        if (target instanceof Name name) {
            return name.id();
        }
        throw new UnconvertibleException("this assignment has no counterpart");
    }

    private void function(Function function) {
        var scope = writer.scope().function(function);
        var inner = writer.in(scope);
        var parameters = function.parameters().stream()
                .map(parameter -> parameter(parameter, scope))
                .collect(Collectors.joining(", "));
        var name = writer.scope().groovy(function.name());
        if (writer.scope().isMethod(function)) {
            open("def " + name + "(" + parameters + ") {", function);
        } else {
            open(name + " = { " + (parameters.isEmpty() ? "" : parameters + " ") + "->", function);
        }
        out.indent();
        var declarations = scope.declarations(function);
        if (!declarations.isEmpty()) {
            out.add("def " + String.join(", ", declarations));
        }
        statements.in(inner, new Place(true, false)).statements(function.body());
        out.outdent();
        out.add("}");
    }

    private String parameter(Parameter parameter, Scope scope) {
        return scope.groovy(parameter.name())
                + parameter
                        .preset()
                        .map(value -> " = " + writer.value(value).text())
                        .orElse("");
    }

    private void with(With with) {
        if (with.named()) {
            throw new UnconvertibleException("with ... as has no counterpart");
        }
        var message = DriverContexts.nested(with.context());
        if (message.isPresent()) {
            out.add(
                    "println(" + writer.message(message.get()).text() + ")",
                    with.source().note());
            statements.statements(with.body());
            return;
        }
        if (!DriverContexts.isBlock(with.context())) {
            var what = with.context() instanceof Call call ? Arguments.function(call) : "this context";
            throw new UnconvertibleException("with " + what + " has no counterpart");
        }
        var name = Arguments.of((Call) with.context(), "name").need("name");
        open("subtest(" + writer.message(name).text() + ") {", with);
        close(with.body(), new Place(false, false));
    }

    private void attempt(Try attempt) {
        noElse(attempt.otherwise());
        var unnamed = writer.scope().take("ignored");
        try {
            var heads = attempt.handlers().stream()
                    .map(handler -> head(handler, unnamed))
                    .toList();
            open("try {", attempt);
            block(attempt.body(), statements.place());
            for (int i = 0; i < heads.size(); i++) {
                out.add(heads.get(i));
                block(attempt.handlers().get(i).body(), statements.place());
            }
        } finally {
            writer.scope().release(unnamed);
        }
        if (!attempt.last().isEmpty()) {
            out.add("} finally {");
            block(attempt.last(), statements.place());
        }
        out.add("}");
    }

    private String head(Handler handler, String unnamed) {
        var name = handler.name().isEmpty() ? unnamed : writer.scope().groovy(handler.name());
        if (handler.type().isEmpty()) {
            return "} catch (Throwable " + name + ") {";
        }
        if (handler.type().get() instanceof Name type && CAUGHT.containsKey(type.id())) {
            return "} catch (" + CAUGHT.get(type.id()) + " " + name + ") {";
        }
        throw new UnconvertibleException("this exception has no counterpart");
    }

    private static void noElse(List<Statement> otherwise) {
        if (!otherwise.isEmpty()) {
            throw new UnconvertibleException("else of a loop or of try has no counterpart");
        }
    }

    private void open(String line, Statement statement) {
        out.add(line, statement.source().note());
    }

    private void block(List<Statement> body, Place place) {
        out.indent();
        statements.in(place).statements(body);
        out.outdent();
    }

    private void close(List<Statement> body, Place place) {
        block(body, place);
        out.add("}");
    }
}

package org.nixlab.convert;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.nixlab.convert.Expression.Antiquotation;
import org.nixlab.convert.Expression.Binary;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Expression.Sequence;
import org.nixlab.convert.Expression.Subscript;
import org.nixlab.convert.Expression.Text;
import org.nixlab.convert.Statement.Assertion;
import org.nixlab.convert.Statement.Assignment;
import org.nixlab.convert.Statement.Augmented;
import org.nixlab.convert.Statement.Comment;
import org.nixlab.convert.Statement.Evaluation;
import org.nixlab.convert.Statement.Import;
import org.nixlab.convert.Statement.Jump;
import org.nixlab.convert.Statement.Raise;
import org.nixlab.convert.Statement.Return;
import org.nixlab.convert.Statement.Unparsed;

/** Writes statements one after the other. One that cannot be turned is left, and those behind it go on. */
final class StatementWriter {
    private static final Pattern EMPTY_LINE = Pattern.compile("\\n[ \\t]*\\n");

    private static final Map<String, String> EXCEPTIONS = Map.of(
            "Exception", "Exception",
            "AssertionError", "AssertionError",
            "RuntimeError", "RuntimeException",
            "ValueError", "IllegalArgumentException",
            "TimeoutError", "java.util.concurrent.TimeoutException");

    private final ScenarioText out;
    private final ExpressionWriter writer;
    private final Starts starts;
    private final Place place;

    StatementWriter(ScenarioText out, ExpressionWriter writer, Starts starts, Place place) {
        this.out = out;
        this.writer = writer;
        this.starts = starts;
        this.place = place;
    }

    /** Returns a writer for statements elsewhere. */
    StatementWriter in(ExpressionWriter inner, Place where) {
        return new StatementWriter(out, inner, starts, where);
    }

    StatementWriter in(Place where) {
        return in(writer, where);
    }

    ScenarioText out() {
        return out;
    }

    ExpressionWriter writer() {
        return writer;
    }

    Place place() {
        return place;
    }

    void statements(List<Statement> statements) {
        int end = -1;
        for (var statement : statements) {
            if (end >= 0
                    && EMPTY_LINE
                            .matcher(out.script()
                                    .text()
                                    .substring(
                                            end,
                                            Math.max(end, statement.source().start())))
                            .find()) {
                out.gap();
            }
            statement(statement);
            end = statement.source().end();
        }
    }

    private void statement(Statement statement) {
        starts.before(statement).forEach(machine -> out.add(writer.scope().groovy(machine) + ".start()"));
        var mark = out.mark();
        int values = writer.needs().values().size();
        writer.needs().at(out.script().line(statement.source().start()));
        try {
            statement.source().notes().forEach(out::comment);
            write(statement);
        } catch (UnconvertibleException e) {
            out.backTo(mark);
            writer.needs().keepValues(values);
            out.leave(statement, e.getMessage());
        }
    }

    private void write(Statement statement) {
        var note = statement.source().note();
        if (statement instanceof Comment comment) {
            out.comment(comment.text());
        } else if (statement instanceof Evaluation evaluation) {
            evaluation(evaluation, note);
        } else if (statement instanceof Assignment assignment) {
            assignment(assignment, note);
        } else if (statement instanceof Augmented augmented) {
            augmented(augmented, note);
        } else if (statement instanceof Assertion assertion) {
            var message =
                    assertion.message().map(text -> " : " + writer.message(text).text());
            out.add("assert " + writer.condition(assertion.test()).in(Groovy.OR) + message.orElse(""), note);
        } else if (statement instanceof Return result) {
            returned(result, note);
        } else if (statement instanceof Raise raise) {
            raise(raise, note);
        } else if (statement instanceof Jump jump) {
            jump(jump, note);
        } else if (statement instanceof Import imported) {
            imported(imported);
        } else if (statement instanceof Unparsed unparsed) {
            throw new UnconvertibleException("not understood: " + unparsed.reason());
        } else {
            new BlockWriter(this).write(statement);
        }
    }

    private void evaluation(Evaluation evaluation, String note) {
        if (evaluation.value() instanceof Text text && text.isPlain()) {
            text.literally().strip().lines().map(String::strip).forEach(out::comment);
            return;
        }
        if (evaluation.value() instanceof Antiquotation) {
            throw new UnconvertibleException("statements that Nix fills in are not known");
        }
        if (!(evaluation.value() instanceof Call call)) {
            out.add(writer.value(evaluation.value()).text(), note);
            return;
        }
        var driver = new DriverCalls(writer);
        new HardwareCalls(writer, driver).before(call).forEach(out::add);
        var asserted = driver.asserted(call);
        if (asserted.isPresent()) {
            out.add("assert " + asserted.get().text(), note);
        } else {
            out.add((DriverCalls.givesResult(call) ? driver.result(call) : writer.value(call)).text(), note);
        }
    }

    private void assignment(Assignment assignment, String note) {
        if (assignment.targets().size() > 1) {
            chain(assignment, note);
            return;
        }
        var target = assignment.targets().get(0);
        if (target instanceof Sequence several) {
            unpacked(assignment, several, note);
        } else if (target instanceof Name name) {
            assign(List.of(name.id()), writer.value(assignment.value()).text(), note);
        } else if (target instanceof Subscript subscript) {
            out.add(
                    writer.value(subscript).text() + " = "
                            + writer.value(assignment.value()).text(),
                    note);
        } else {
            throw new UnconvertibleException("this assignment has no counterpart");
        }
    }

    /** The first target takes the value, the others take it from there. */
    private void chain(Assignment assignment, String note) {
        Expression value = assignment.value();
        for (var target : assignment.targets()) {
            if (!(target instanceof Name name)) {
                throw new UnconvertibleException("this assignment has no counterpart");
            }
            assign(List.of(name.id()), writer.value(value).text(), note);
            value = name;
        }
    }

    private void unpacked(Assignment assignment, Sequence targets, String note) {
        var names = targets.items().stream().map(BlockWriter::name).toList();
        if (!DriverCalls.givesResult(assignment.value()) || names.size() != 2) {
            assign(names, writer.value(assignment.value()).text(), note);
            return;
        }
        var result = new DriverCalls(writer).result((Call) assignment.value());
        var wanted = names.stream().filter(name -> !name.matches("_+")).toList();
        if (wanted.isEmpty()) {
            out.add(result.text(), note);
        } else if (wanted.size() == 1) {
            boolean first = names.get(0).equals(wanted.get(0));
            assign(wanted, result.property(first ? "exitCode" : "out").text(), note);
        } else {
            assign(names, result.object() + ".with { [it.exitCode, it.out] }", note);
        }
    }

    void assign(List<String> names, String value, String note) {
        assign(false, names, value, note);
    }

    /**
     * Adds an assignment to variables.
     *
     * @param declares whether they are variables of this block only
     */
    void assign(boolean declares, List<String> names, String value, String note) {
        var all = names.stream().map(writer.scope()::groovy).collect(Collectors.joining(", "));
        out.add((declares ? "def " : "") + (names.size() == 1 ? all : "(" + all + ")") + " = " + value, note);
    }

    private void augmented(Augmented augmented, String note) {
        if (!(augmented.target() instanceof Name) && !(augmented.target() instanceof Subscript)) {
            throw new UnconvertibleException("this assignment has no counterpart");
        }
        var target = writer.value(augmented.target()).text();
        boolean plain = augmented.operator().equals("+") || augmented.operator().equals("-");
        var value = plain
                ? writer.value(augmented.value())
                : writer.value(new Binary(augmented.operator(), augmented.target(), augmented.value()));
        out.add(target + (plain ? " " + augmented.operator() + "= " : " = ") + value.text(), note);
    }

    private void returned(Return result, String note) {
        if (!place.mayReturn()) {
            throw new UnconvertibleException("return from within a subtest has no counterpart");
        }
        out.add(
                result.value()
                        .map(value -> "return " + writer.value(value).text())
                        .orElse("return"),
                note);
    }

    private void raise(Raise raise, String note) {
        var value = raise.value()
                .orElseThrow(() -> new UnconvertibleException("raise without an exception has no counterpart"));
        if (value instanceof Name name && writer.scope().isException(name.id())) {
            out.add("throw " + writer.scope().groovy(name.id()), note);
            return;
        }
        var type = value instanceof Call call ? call.function() : value;
        if (!(type instanceof Name name)
                || !EXCEPTIONS.containsKey(name.id())
                || writer.scope().binds(name.id())) {
            throw new UnconvertibleException("this exception has no counterpart");
        }
        var arguments = value instanceof Call call ? call.arguments() : List.<Expression.Argument>of();
        if (arguments.size() > 1) {
            throw new UnconvertibleException("this exception has no counterpart");
        }
        var message = arguments.isEmpty()
                ? ""
                : writer.message(arguments.get(0).value()).text();
        out.add("throw new " + EXCEPTIONS.get(name.id()) + "(" + message + ")", note);
    }

    private void jump(Jump jump, String note) {
        if (jump.word().equals("pass")) {
            if (!note.isEmpty()) {
                out.comment(note);
            }
            return;
        }
        if (!place.mayJump()) {
            throw new UnconvertibleException(jump.word() + " from within a subtest has no counterpart");
        }
        out.add(jump.word(), note);
    }

    private void imported(Import imported) {
        var unknown = imported.names().stream()
                .filter(each -> !Imports.isKnown(each))
                .map(Statement.Imported::path)
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new UnconvertibleException("module " + unknown + " has no counterpart");
        }
    }

    /**
     * Where statements stand.
     *
     * @param mayReturn whether a function can be left from there
     * @param mayJump whether a loop can be left from there
     */
    record Place(boolean mayReturn, boolean mayJump) {}
}

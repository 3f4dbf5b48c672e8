package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.nixlab.convert.Expression.Argument;
import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Expression.Number;
import org.nixlab.convert.Expression.Text;

/** Writes calls: finds out who is called. */
final class CallWriter {
    private final ExpressionWriter writer;

    CallWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    /** Returns whether a name that the script does not bind is a function of Python or of the test driver. */
    static boolean isFunction(String name) {
        return FunctionCalls.NAMES.contains(name) || DriverContexts.FUNCTIONS.contains(name);
    }

    Groovy value(Call call) {
        var path = writer.imports().path(call.function(), writer.scope());
        if (path.isPresent()) {
            return path.get().contains(".")
                    ? new ModuleCalls(writer).value(path.get(), call)
                    : new FunctionCalls(writer).value(path.get(), call);
        }
        if (call.function() instanceof Attribute method) {
            if (DriverContexts.isLog(method)) {
                return DriverContexts.log(call, writer);
            }
            if (isOf(method, "driver") || isOf(method, "os")) {
                throw UnconvertibleException.noCounterpart(((Name) method.object()).id() + "." + method.name());
            }
            if (DriverCalls.isMethod(method.name()) && mayBeMachine(method.object())) {
                return new DriverCalls(writer).value(call, method);
            }
            return new MethodCalls(writer).value(call, method);
        }
        return ownFunction(call);
    }

    Groovy condition(Call call) {
        var path = writer.imports().path(call.function(), writer.scope());
        return path.isPresent() && path.get().startsWith("re.")
                ? new ModuleCalls(writer).condition(path.get(), call)
                : value(call);
    }

    /** Returns a property, which only machines and exceptions have. */
    Groovy attribute(Attribute attribute) {
        if (attribute.name().equals("name") && mayBeMachine(attribute.object())) {
            return writer.value(attribute.object()).property("name");
        }
        throw new UnconvertibleException("." + attribute.name() + " has no counterpart");
    }

    private boolean isOf(Attribute method, String owner) {
        return method.object() instanceof Name name
                && name.id().equals(owner)
                && !writer.scope().binds(owner);
    }

    private boolean mayBeMachine(Expression object) {
        return writer.kind(object) == Kind.UNKNOWN && !(object instanceof Text) && !(object instanceof Number);
    }

    /** Names of arguments mean nothing to Groovy's methods; a first argument that looks so would be a map. */
    private Groovy ownFunction(Call call) {
        var arguments = new ArrayList<String>();
        for (var argument : ordered(call)) {
            arguments.add(
                    argument.keyword().equals("*")
                            ? "*" + writer.value(argument.value()).object()
                            : writer.value(argument.value()).text());
        }
        var listed = Layout.arguments(arguments);
        if (call.function() instanceof Name name) {
            return Groovy.atom(writer.scope().groovy(name.id()) + "(" + listed + ")");
        }
        return Groovy.atom(writer.value(call.function()).object() + ".call(" + listed + ")");
    }

    private List<Argument> ordered(Call call) {
        if (call.arguments().stream().allMatch(argument -> argument.keyword().matches("\\*?"))) {
            return call.arguments();
        }
        var function = call.function() instanceof Name name
                ? writer.scope().called(name.id())
                : Optional.<Statement.Function>empty();
        var parameters = function.orElseThrow(
                        () -> new UnconvertibleException("arguments by name of " + Arguments.function(call) + "()"))
                .parameters();
        var given = Arguments.of(
                call, parameters.stream().map(Expression.Parameter::name).toArray(String[]::new));
        var ordered = new ArrayList<Argument>();
        int last = 0;
        for (var parameter : parameters) {
            var value = given.get(parameter.name());
            last = value.isPresent() ? ordered.size() + 1 : last;
            ordered.add(new Argument(
                    "",
                    value.or(parameter::preset)
                            .orElseThrow(() -> new UnconvertibleException(
                                    Arguments.function(call) + "() without " + parameter.name()))));
        }
        return ordered.subList(0, Math.max(last, required(parameters)));
    }

    private static int required(List<Expression.Parameter> parameters) {
        return (int) parameters.stream()
                .filter(parameter -> parameter.preset().isEmpty())
                .count();
    }
}

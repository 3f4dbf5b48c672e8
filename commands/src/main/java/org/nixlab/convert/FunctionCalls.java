package org.nixlab.convert;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.nixlab.convert.Expression.Argument;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Comprehension;
import org.nixlab.convert.Expression.Field;
import org.nixlab.convert.Expression.Text;

/** Writes calls of Python's own functions, and of the test driver's. */
final class FunctionCalls {
    static final Set<String> NAMES = Set.of(
            "abs",
            "all",
            "any",
            "bool",
            "bytes",
            "callable",
            "chr",
            "dict",
            "dir",
            "divmod",
            "enumerate",
            "eval",
            "exec",
            "exit",
            "filter",
            "float",
            "format",
            "frozenset",
            "getattr",
            "globals",
            "hasattr",
            "hash",
            "hex",
            "id",
            "input",
            "int",
            "isinstance",
            "iter",
            "len",
            "list",
            "locals",
            "map",
            "max",
            "min",
            "next",
            "oct",
            "open",
            "ord",
            "pow",
            "print",
            "quit",
            "range",
            "repr",
            "reversed",
            "round",
            "set",
            "setattr",
            "sorted",
            "str",
            "sum",
            "tuple",
            "type",
            "vars",
            "zip");

    private final ExpressionWriter writer;

    FunctionCalls(ExpressionWriter writer) {
        this.writer = writer;
    }

    Groovy value(String function, Call call) {
        if (function.equals("start_all")) {
            Arguments.of(call);
            return Groovy.atom("run()");
        }
        if (function.equals("retry")) {
            var given = Arguments.of(call, "fn", "timeout", "timeout_seconds");
            var limit = given.get("timeout").or(() -> given.get("timeout_seconds"));
            writer.needs().useRetry();
            return Groovy.atom("retry("
                    + limit.map(seconds -> writer.value(seconds).text() + ", ").orElse("")
                    + writer.value(given.need("fn")).text() + ")");
        }
        if (function.equals("print")) {
            return print(call);
        }
        var arguments = Arguments.positional(call).stream().map(Argument::value).toList();
        if (function.equals("range")) {
            return new ComprehensionWriter(writer).range(arguments);
        }
        if (!NAMES.contains(function) || arguments.size() != call.arguments().size()) {
            throw UnconvertibleException.noCounterpart(function);
        }
        return switch (arguments.size()) {
            case 0 -> empty(function);
            case 1 -> one(function, arguments.get(0));
            default -> throw UnconvertibleException.noCounterpart(function);
        };
    }

    private static Groovy empty(String function) {
        return switch (function) {
            case "list", "tuple" -> Groovy.atom("[]");
            case "dict" -> Groovy.atom("[:]");
            case "set" -> new Groovy("[] as Set", Groovy.RELATION);
            case "str" -> Groovy.atom("''");
            default -> throw UnconvertibleException.noCounterpart(function);
        };
    }

    private Groovy one(String function, Expression argument) {
        return switch (function) {
            case "len" -> iterable(argument).call("size");
            case "str" -> string(argument);
            case "int" -> number(argument, "toInteger", "int");
            case "float" -> number(argument, "toDouble", "double");
            case "sum" -> iterable(argument).call("sum", "0");
            case "any", "all" -> quantified(function.equals("any") ? "any" : "every", argument);
            case "list", "tuple" -> iterable(argument).call("toList");
            case "sorted" -> iterable(argument).call("sort", "false");
            case "set" -> iterable(argument).call("toSet");
            default -> throw UnconvertibleException.noCounterpart(function);
        };
    }

    private Groovy iterable(Expression argument) {
        return new ComprehensionWriter(writer).iterable(argument);
    }

    private Groovy string(Expression argument) {
        if (writer.kind(argument) == Kind.TEXT) {
            return writer.value(argument);
        }
        var plain = writer.formatted(new Text(List.of(new Field(argument, "")), false));
        return writer.kind(argument) == Kind.NUMBER ? writer.value(argument).call("toString") : plain;
    }

    private Groovy number(Expression argument, String method, String type) {
        return switch (writer.kind(argument)) {
            case NUMBER -> Groovy.atom("(" + writer.value(argument).in(Groovy.RELATION) + " as " + type + ")");
            case TRUTH -> throw UnconvertibleException.noCounterpart("int");
            default -> writer.value(argument).call(method);
        };
    }

    private Groovy quantified(String method, Expression argument) {
        if (argument instanceof Comprehension generator) {
            return new ComprehensionWriter(writer).quantified(generator, method);
        }
        return Groovy.atom(iterable(argument).object() + "." + method + "()");
    }

    private Groovy print(Call call) {
        var positional = Arguments.positional(call);
        if (positional.size() != call.arguments().size()) {
            throw UnconvertibleException.noCounterpart("print");
        }
        return Groovy.atom("println(" + Layout.single(printed(positional)) + ")");
    }

    private String printed(List<Argument> arguments) {
        if (arguments.size() == 1) {
            return writer.message(arguments.get(0).value()).text();
        }
        return Optional.of(arguments)
                .filter(all -> !all.isEmpty())
                .map(all -> all.stream()
                        .map(argument -> writer.message(argument.value()).text())
                        .collect(Collectors.joining(", ", "[", "].join(' ')")))
                .orElse("");
    }
}

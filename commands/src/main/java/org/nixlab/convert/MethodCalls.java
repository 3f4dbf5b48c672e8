package org.nixlab.convert;

import java.util.Map;
import java.util.Optional;

import org.nixlab.convert.Expression.Argument;
import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Comprehension;
import org.nixlab.convert.Expression.Text;

/** Writes calls of methods of texts, lists and dictionaries. */
final class MethodCalls {
    /** Those without arguments that are the same under another name. */
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("strip", "strip"),
            Map.entry("lstrip", "stripLeading"),
            Map.entry("rstrip", "stripTrailing"),
            Map.entry("lower", "toLowerCase"),
            Map.entry("upper", "toUpperCase"),
            Map.entry("split", "tokenize"),
            Map.entry("splitlines", "readLines"),
            Map.entry("keys", "keySet"),
            Map.entry("values", "values"),
            Map.entry("group", "group"),
            Map.entry("clear", "clear"));

    private final ExpressionWriter writer;

    MethodCalls(ExpressionWriter writer) {
        this.writer = writer;
    }

    Groovy value(Call call, Attribute method) {
        var name = method.name();
        var arguments = Arguments.positional(call).stream().map(Argument::value).toList();
        if (Formats.text(call) instanceof Text text) {
            return writer.formatted(text);
        }
        if (call.arguments().size() != arguments.size()) {
            throw UnconvertibleException.noCounterpart(name);
        }
        if (arguments.isEmpty()) {
            return none(name, method.object());
        }
        return switch (arguments.size()) {
            case 1 -> one(name, method.object(), arguments.get(0));
            case 2 -> two(name, method.object(), arguments.get(0), arguments.get(1));
            default -> throw UnconvertibleException.noCounterpart(name);
        };
    }

    private Groovy none(String name, Expression object) {
        if (name.equals("isdigit")) {
            return Groovy.binary(writer.value(object), "==~", Groovy.atom("'\\\\d+'"), Groovy.EQUALITY);
        }
        return Optional.ofNullable(SAME.get(name))
                .map(same -> writer.value(object).call(same))
                .orElseThrow(() -> UnconvertibleException.noCounterpart(name));
    }

    private Groovy one(String name, Expression object, Expression argument) {
        return switch (name) {
            case "startswith" -> writer.value(object).call("startsWith", text(argument));
            case "endswith" -> writer.value(object).call("endsWith", text(argument));
            case "find" -> writer.value(object).call("indexOf", text(argument));
            case "join" -> joined(object, argument);
            case "split" -> split(object, argument, "-1");
            case "append", "add" ->
                writer.value(object).call("add", writer.value(argument).text());
            case "extend" ->
                writer.value(object).call("addAll", writer.value(argument).text());
            case "update" ->
                writer.value(object).call("putAll", writer.value(argument).text());
            case "get" ->
                writer.value(object).call("get", writer.value(argument).text());
            case "group" -> {
                if (OperatorWriter.whole(argument).isEmpty()) {
                    throw new UnconvertibleException("a named group of a regular expression has no counterpart");
                }
                yield writer.value(object).call("group", writer.value(argument).text());
            }
            default -> throw UnconvertibleException.noCounterpart(name);
        };
    }

    private Groovy two(String name, Expression object, Expression first, Expression second) {
        return switch (name) {
            case "replace" -> writer.value(object).call("replace", text(first), text(second));
            // Groovy's own get with a default puts it into the map.
            case "get" ->
                writer.value(object)
                        .call(
                                "getOrDefault",
                                writer.value(first).text(),
                                writer.value(second).text());
            case "split" -> {
                int limit = OperatorWriter.whole(second).orElse(-1);
                if (limit < 0) {
                    throw UnconvertibleException.noCounterpart(name);
                }
                yield split(object, first, String.valueOf(limit + 1));
            }
            default -> throw UnconvertibleException.noCounterpart(name);
        };
    }

    private String text(Expression argument) {
        if (writer.kind(argument) == Kind.LIST) {
            throw new UnconvertibleException("a tuple as argument has no counterpart");
        }
        return writer.text(argument).text();
    }

    private Groovy joined(Expression separator, Expression parts) {
        var list = parts instanceof Comprehension comprehension
                ? writer.value(comprehension)
                : new ComprehensionWriter(writer).iterable(parts);
        return list.call("join", writer.text(separator).text());
    }

    private Groovy split(Expression object, Expression separator, String limit) {
        return writer.value(object)
                .call("split", GroovyText.plain(quoted(literal(separator)), false), limit)
                .call("toList");
    }

    private static String literal(Expression text) {
        if (text instanceof Text literal && literal.isPlain()) {
            return literal.literally();
        }
        throw new UnconvertibleException("a computed separator has no counterpart");
    }

    private static String quoted(String text) {
        return text.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0");
    }
}

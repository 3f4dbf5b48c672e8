package org.nixlab.convert;

import java.util.Map;

import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Binary;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Text;

/** Writes calls of functions of Python's modules. */
final class ModuleCalls {
    private static final Map<String, String> FLAGS = Map.of(
            "re.M", "m",
            "re.MULTILINE", "m",
            "re.I", "i",
            "re.IGNORECASE", "i",
            "re.S", "s",
            "re.DOTALL", "s",
            "re.X", "x",
            "re.VERBOSE", "x");

    private final ExpressionWriter writer;

    ModuleCalls(ExpressionWriter writer) {
        this.writer = writer;
    }

    Groovy value(String path, Call call) {
        return switch (path) {
            case "json.loads" ->
                Groovy.atom("new " + writer.needs().use("groovy.json.JsonSlurper") + "()")
                        .call("parseText", argument(call, "s").text());
            case "json.dumps" ->
                Groovy.atom(writer.needs().use("groovy.json.JsonOutput") + ".toJson("
                        + argument(call, "obj").text() + ")");
            case "time.sleep" -> sleep(Arguments.of(call, "secs").need("secs"));
            case "time.time", "time.monotonic" -> seconds(call, "System.currentTimeMillis()", "1000.0d");
            case "shlex.quote" -> quote(argument(call, "s"));
            case "re.search", "re.match", "re.fullmatch" -> match(path, call);
            default -> throw UnconvertibleException.noCounterpart(path);
        };
    }

    /** Returns a cheaper expression where only success counts. */
    Groovy condition(String path, Call call) {
        return switch (path) {
            case "re.search" -> matcher(call).call("find");
            case "re.match" -> matcher(call).call("lookingAt");
            case "re.fullmatch" -> matcher(call).call("matches");
            default -> value(path, call);
        };
    }

    private Groovy argument(Call call, String name) {
        return writer.value(Arguments.of(call, name).need(name));
    }

    private static Groovy seconds(Call call, String clock, String unit) {
        Arguments.of(call);
        return new Groovy(clock + " / " + unit, Groovy.PRODUCT);
    }

    Groovy sleep(Expression seconds) {
        if (seconds instanceof Expression.Number number) {
            return Groovy.atom("sleep(" + Math.round(Double.parseDouble(number.digits()) * 1000) + ")");
        }
        return Groovy.atom("sleep((" + writer.value(seconds).in(Groovy.PRODUCT) + " * 1000) as long)");
    }

    /** Quotes that are not needed mean nothing to a shell. */
    private static Groovy quote(Groovy text) {
        return new Groovy(
                "\"'\" + " + text.call("replace", "\"'\"", "\"'\\\\''\"").text() + " + \"'\"", Groovy.SUM);
    }

    /** Python gives what matched, or nothing; a matcher of Groovy is neither. */
    private Groovy match(String path, Call call) {
        var end = path.equals("re.fullmatch") ? "\\z" : "";
        var matcher = path.equals("re.search") ? matcher(call) : anchored(call, end);
        return matcher.call("results").call("findFirst").call("orElse", "null");
    }

    private Groovy anchored(Call call, String end) {
        var arguments = Arguments.of(call, "pattern", "string", "flags");
        var pattern = pattern(arguments);
        var anchored = GroovyText.plain("\\A(?:" + pattern.java() + ")" + end, false);
        return Groovy.binary(writer.value(arguments.need("string")), "=~", Groovy.atom(anchored), Groovy.EQUALITY);
    }

    private Groovy matcher(Call call) {
        var arguments = Arguments.of(call, "pattern", "string", "flags");
        return Groovy.binary(
                writer.value(arguments.need("string")),
                "=~",
                Groovy.atom(pattern(arguments).literal()),
                Groovy.EQUALITY);
    }

    private PythonPattern pattern(Arguments arguments) {
        return pattern(
                arguments.need("pattern"),
                arguments.get("flags").map(this::flags).orElse(""));
    }

    /** @param flags as letters */
    static PythonPattern pattern(Expression expression, String flags) {
        if (expression instanceof Text text && text.isPlain()) {
            return PythonPattern.of(text.literally(), flags);
        }
        throw new UnconvertibleException("a computed regular expression has no counterpart");
    }

    private String flags(Expression flags) {
        if (flags instanceof Binary both && both.operator().equals("|")) {
            return flags(both.left()) + flags(both.right());
        }
        var path = flags instanceof Attribute
                ? writer.imports().path(flags, writer.scope()).orElse("")
                : "";
        if (!FLAGS.containsKey(path)) {
            throw new UnconvertibleException("these flags of a regular expression have no counterpart");
        }
        return FLAGS.get(path);
    }
}

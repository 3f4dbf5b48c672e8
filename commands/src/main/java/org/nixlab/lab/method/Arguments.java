package org.nixlab.lab.method;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

import org.nixlab.base.LabException;
import org.nixlab.base.TimeText;
import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.model.NearNames;
import org.nixlab.talk.ExecRequest;

/**
 * What a method was called with, by the names of its parameters. What is null was not given.
 *
 * <p>All that read one throw {@link LabException} (usage) where it is of another kind.
 */
public final class Arguments {
    private final MachineMethod method;
    private final Map<String, Object> values;

    private Arguments(MachineMethod method, Map<String, Object> values) {
        this.method = method;
        this.values = values;
    }

    /** @throws LabException (usage) if the method does not take these, or needs more */
    static Arguments of(MachineMethod method, List<?> positional, Map<String, ?> named) {
        var values = new HashMap<String, Object>();
        int next = 0;
        for (var parameter : method.parameters()) {
            if (parameter.kind() == Kind.TEXTS) {
                values.put(parameter.name(), positional.subList(next, positional.size()));
                next = positional.size();
            } else if (parameter.positional() && next < positional.size() && !named.containsKey(parameter.name())) {
                values.put(parameter.name(), positional.get(next++));
            }
        }
        if (next < positional.size()) {
            throw doesNotTake(method, positional);
        }
        named.forEach((name, value) -> values.put(known(method, name), value));
        for (var parameter : method.parameters()) {
            if (values.get(parameter.name()) == null) {
                parameter.standard().ifPresent(standard -> values.put(parameter.name(), standard));
            }
            if (parameter.required() && values.get(parameter.name()) == null) {
                throw LabException.input(
                        "'" + method.name() + "' needs '" + parameter.name() + "'", "", signature(method));
            }
        }
        return new Arguments(method, values);
    }

    private static LabException doesNotTake(MachineMethod method, List<?> positional) {
        var given = positional.stream()
                .map(value -> value == null ? "null" : value.getClass().getSimpleName())
                .collect(Collectors.joining(", "));
        return LabException.input("'" + method.name() + "' does not take (" + given + ")", "", signature(method));
    }

    private static String known(MachineMethod method, String name) {
        var camel = CamelCase.of(name);
        var names = method.parameters().stream().map(Parameter::name).toList();
        if (names.contains(camel)) {
            return camel;
        }
        var near = NearNames.of(camel, names);
        throw LabException.input(
                "'" + method.name() + "' has no option '" + name + ":'",
                "",
                near.isEmpty() ? signature(method) : "did you mean '" + near.get(0) + ":'?");
    }

    static String signature(MachineMethod method) {
        var words = method.parameters().stream()
                .map(parameter -> parameter.positional()
                        ? parameter.required() ? parameter.name() : "[" + parameter.name() + "]"
                        : "[" + parameter.name() + ":]")
                .collect(Collectors.joining(", "));
        return "it is " + method.name() + "(" + words + ")";
    }

    public boolean has(String name) {
        return values.get(name) != null;
    }

    public Optional<String> text(String name) {
        if (values.get(name) instanceof Number && method.parameter(name).kind() == Kind.NAME) {
            throw wrong(name, Kind.NAME);
        }
        return Optional.ofNullable(values.get(name)).map(Object::toString);
    }

    /** Returns a text that there must be. */
    public String needText(String name) {
        return text(name).orElseThrow();
    }

    public List<String> texts(String name) {
        if (!(values.get(name) instanceof List<?> list)) {
            return List.of();
        }
        if (list.stream().anyMatch(Objects::isNull)) {
            throw wrong(name, Kind.TEXTS);
        }
        return list.stream().map(Object::toString).toList();
    }

    public Optional<Integer> integer(String name) {
        var value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Math.toIntExact(
                    value instanceof Number number ? number.longValue() : Long.parseLong(value.toString())));
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrong(name, Kind.INTEGER);
        }
    }

    /** Returns a regular expression that there must be; {@code ^} and {@code $} stand for the ends of lines in it. */
    public Pattern pattern(String name) {
        if (values.get(name) instanceof Pattern pattern) {
            return pattern;
        }
        try {
            return Pattern.compile(needText(name), Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw LabException.input(
                    "'" + needText(name) + "' is no regular expression: " + e.getDescription(), "", "");
        }
    }

    /** Returns whether it was said that it is so. */
    public boolean flag(String name) {
        var value = values.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw wrong(name, Kind.FLAG);
    }

    public Optional<Duration> time(String name) {
        return Optional.ofNullable(values.get(name))
                .map(value -> timeOf(value).orElseThrow(() -> wrong(name, Kind.TIME)));
    }

    /** Returns the time that seconds, a text such as {@code 2m}, or a duration mean. */
    public static Optional<Duration> timeOf(Object value) {
        if (value instanceof Duration duration) {
            return Optional.of(duration);
        }
        return value instanceof Number seconds
                ? Optional.of(Duration.ofMillis(Math.round(seconds.doubleValue() * 1000)))
                : TimeText.parse(value.toString());
    }

    /**
     * Returns a command as {@link #request}, time and again with the same input.
     *
     * @throws LabException (usage) if that can be read only once
     */
    public Supplier<ExecRequest> repeated(String command) {
        if (values.get("stdin") instanceof InputStream) {
            throw LabException.input(
                    method.name() + " runs the command more than once, and a stream can be read once",
                    "",
                    "give stdin: a text or bytes");
        }
        return () -> request(command);
    }

    /** Returns a whole number that there must be. */
    public int needInteger(String name) {
        return integer(name).orElseThrow();
    }

    /** Returns a command as {@link MachineMethod.Draft#running} lets it be described. */
    public ExecRequest request(String command) {
        return new ExecRequest(command, text("user"), text("dir"), environment(), input("stdin"), flag("strict"));
    }

    private Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        map("env").forEach((name, value) -> environment.put(name, String.valueOf(value)));
        return environment;
    }

    /** Returns a map by names; empty if it was not given. */
    public Map<String, Object> map(String name) {
        var map = new LinkedHashMap<String, Object>();
        if (values.get(name) instanceof Map<?, ?> given) {
            given.forEach((key, value) -> map.put(key.toString(), value));
        } else if (has(name)) {
            throw LabException.input(name + ": takes a map", "", "for example env: [LANG: 'C']");
        }
        return map;
    }

    /** Returns what was given as it is, or null. */
    public Object data(String name) {
        return values.get(name);
    }

    private Optional<InputStream> input(String name) {
        var value = values.get(name);
        if (value instanceof Path || value instanceof File) {
            throw LabException.input(
                    "'" + name + ":' takes a text, bytes or a stream", "", "for a file: stdin: file.newInputStream()");
        }
        if (value instanceof InputStream stream) {
            return Optional.of(stream);
        }
        return Optional.ofNullable(value)
                .map(given -> new ByteArrayInputStream(
                        given instanceof byte[] bytes ? bytes : given.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private LabException wrong(String name, Kind kind) {
        return LabException.input(
                "'" + values.get(name) + "' is no '" + name + "' of " + method.name(),
                "",
                "'" + name + "' is " + kind.words());
    }
}

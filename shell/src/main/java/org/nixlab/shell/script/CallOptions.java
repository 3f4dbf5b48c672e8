package org.nixlab.shell.script;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.base.TimeText;
import org.nixlab.lab.Lab;
import org.nixlab.model.NearNames;
import org.nixlab.talk.ExecRequest;

/** What scripts may say of a call: {@code timeout:}, {@code user:}, {@code dir:}, {@code env:}, {@code stdin:}. */
final class CallOptions {
    private static final Set<String> KNOWN = Set.of("timeout", "user", "dir", "env", "stdin");

    private final Map<String, ?> values;

    /** @throws LabException (usage) if there is an unknown one */
    CallOptions(Map<String, ?> values) {
        this.values = values;
        for (var name : values.keySet()) {
            if (!KNOWN.contains(name)) {
                var near = NearNames.of(name, KNOWN);
                throw LabException.input(
                        "unknown option '" + name + ":'",
                        "",
                        near.isEmpty()
                                ? "there are " + "timeout: user: dir: env: stdin:"
                                : "did you mean '" + near.get(0) + ":'?");
            }
        }
    }

    /** @throws LabException (usage) if there is any but {@code timeout:}, for calls that only wait */
    void onlyTimeout() {
        for (var name : values.keySet()) {
            if (!name.equals("timeout")) {
                throw LabException.input(
                        "'" + name + ":' is not for a single command of a kept shell",
                        "",
                        "give it to shell(), or use the shell's own words");
            }
        }
    }

    Deadline deadline(Lab lab) {
        var timeout = values.get("timeout");
        return Deadline.in(timeout == null ? lab.defaultTimeout(Lab.TimedWork.SCRIPT) : time(timeout));
    }

    /** Returns the time that seconds, a text such as {@code 2m}, or a duration mean. */
    static Duration time(Object value) {
        if (value instanceof Duration duration) {
            return duration;
        }
        if (value instanceof Number seconds) {
            return Duration.ofMillis(Math.round(seconds.doubleValue() * 1000));
        }
        return TimeText.parse(value.toString())
                .orElseThrow(() -> LabException.input(
                        "'" + value + "' is no time", "", "timeout: takes seconds, or a text such as '2m'"));
    }

    ExecRequest request(Object command) {
        return new ExecRequest(command.toString(), text("user"), text("dir"), environment(), input());
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(Object::toString);
    }

    private Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        if (values.get("env") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> environment.put(name.toString(), value.toString()));
        } else if (values.get("env") != null) {
            throw LabException.input("env: takes a map", "", "for example env: [LANG: 'C']");
        }
        return environment;
    }

    private Optional<InputStream> input() {
        var value = values.get("stdin");
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof InputStream stream) {
            return Optional.of(stream);
        }
        if (value instanceof byte[] bytes) {
            return Optional.of(new ByteArrayInputStream(bytes));
        }
        if (value instanceof Path || value instanceof File) {
            throw LabException.input(
                    "stdin: takes a text, bytes or a stream", "", "for a file: stdin: file.newInputStream()");
        }
        return Optional.of(new ByteArrayInputStream(value.toString().getBytes(StandardCharsets.UTF_8)));
    }
}

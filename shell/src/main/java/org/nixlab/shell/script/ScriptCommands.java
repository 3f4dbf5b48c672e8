package org.nixlab.shell.script;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.talk.Result;

/** Running commands, as scripts write it, wherever they run. */
public abstract class ScriptCommands {
    ScriptCommands() {}

    abstract Result run(CallOptions options, Object command);

    /** Runs a command; a non-zero exit code is a result, not a failure. */
    public final Result execute(Map<String, ?> options, Object command) {
        return run(new CallOptions(options), command);
    }

    public final Result execute(Object command) {
        return execute(Map.of(), command);
    }

    /** Runs commands that must succeed and returns what they printed. */
    public final String succeed(Map<String, ?> options, Object... commands) {
        var output = new StringBuilder();
        for (var command : commands) {
            var result = execute(options, command);
            if (!result.succeeded()) {
                throw failed(result, "exited with " + result.exitCode());
            }
            output.append(result.getOut());
        }
        return output.toString();
    }

    public final String succeed(Object... commands) {
        return succeed(Map.of(), commands);
    }

    /** Runs commands that must not succeed and returns what they printed. */
    public final String fail(Map<String, ?> options, Object... commands) {
        var output = new StringBuilder();
        for (var command : commands) {
            var result = execute(options, command);
            if (result.succeeded()) {
                throw failed(result, "succeeded, but should have failed");
            }
            output.append(result.getOut());
        }
        return output.toString();
    }

    public final String fail(Object... commands) {
        return fail(Map.of(), commands);
    }

    private static LabException failed(Result result, String what) {
        var said = lastLine(result.getErr()).or(() -> lastLine(result.getOut()));
        return new LabException(
                ExitCode.CHECK_FAILED,
                result.machine() + ": '" + result.command() + "' " + what
                        + said.map(line -> ": " + line).orElse(""),
                "",
                "");
    }

    private static Optional<String> lastLine(String text) {
        return Arrays.stream(text.split("\n"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((earlier, later) -> later);
    }
}

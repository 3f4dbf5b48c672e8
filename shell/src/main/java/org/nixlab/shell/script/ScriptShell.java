package org.nixlab.shell.script;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.lab.system.Progress;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellSession;

/** A shell of a machine that keeps its working directory, variables and functions, as scripts know it. */
public final class ScriptShell implements AutoCloseable {
    private final Context context;
    private final String machine;
    private final ShellSession session;

    ScriptShell(Context context, String machine, ShellSession session) {
        this.context = context;
        this.machine = machine;
        this.session = session;
    }

    /** Runs a command; a non-zero exit code is a result, not a failure. */
    public Result execute(Map<String, ?> options, Object command) {
        return run(new CallOptions(options), command);
    }

    public Result execute(Object command) {
        return execute(Map.of(), command);
    }

    /** Runs commands that must succeed and returns what they printed. */
    public String succeed(Map<String, ?> options, Object... commands) {
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

    public String succeed(Object... commands) {
        return succeed(Map.of(), commands);
    }

    /** Runs commands that must not succeed and returns what they printed. */
    public String fail(Map<String, ?> options, Object... commands) {
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

    public String fail(Object... commands) {
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

    /** Ends it. */
    @Override
    public void close() {
        session.close();
    }

    /** Called by Groovy for names that are none of the above. */
    public Object methodMissing(String method, Object arguments) {
        return Members.callSnakeCase(this, method, (Object[]) arguments);
    }

    @Override
    public String toString() {
        return "a shell of " + machine;
    }

    private Result run(CallOptions options, Object command) {
        options.onlyTimeout();
        return session.execute(
                command.toString(), options.deadline(context.session().lab(Progress.NONE)));
    }
}

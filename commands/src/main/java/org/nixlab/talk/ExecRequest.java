package org.nixlab.talk;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.nixlab.base.LabException;

import static java.util.Objects.requireNonNull;

/**
 * A command to run in a machine: text for its bash, run as root with the environment of a root login.
 *
 * @param command up to 1 MiB of bash
 * @param user runs it in this user's login environment
 * @param directory its working directory; without one the home directory of its user
 * @param environment variables set for it
 * @param stdin its standard input, read in a thread of its own until its end, not closed; without one {@code /dev/null}
 * @param strict whether it ends at the first of its parts that fails, as after {@code set -euo pipefail}
 */
public record ExecRequest(
        String command,
        Optional<String> user,
        Optional<String> directory,
        Map<String, String> environment,
        Optional<InputStream> stdin,
        boolean strict) {
    private static final int LONGEST_COMMAND = 1 << 20;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public ExecRequest {
        requireNonNull(command, "command");
        user = user.filter(name -> !name.isEmpty());
        directory = directory.filter(path -> !path.isEmpty());
        environment = Map.copyOf(environment);
        requireNonNull(stdin, "stdin");
        checkText("the command", command);
        user.ifPresent(name -> checkText("the user name", name));
        directory.ifPresent(path -> checkText("the directory", path));
        environment.forEach((name, value) -> {
            if (!VARIABLE.matcher(name).matches()) {
                throw LabException.input(
                        "`" + name + "` is no name of a variable", "", "use letters, digits and underscores");
            }
            checkText("the variable " + name, value);
        });
        if (command.length() > LONGEST_COMMAND) {
            throw LabException.input(
                    "the command has " + command.length() + " characters, more than 1 MiB",
                    "",
                    "copy it into the machine as a file and run that");
        }
    }

    public ExecRequest(
            String command,
            Optional<String> user,
            Optional<String> directory,
            Map<String, String> environment,
            Optional<InputStream> stdin) {
        this(command, user, directory, environment, stdin, false);
    }

    public static ExecRequest of(String command) {
        return new ExecRequest(command, Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
    }

    public ExecRequest asUser(String name) {
        return new ExecRequest(command, Optional.of(name), directory, environment, stdin, strict);
    }

    public ExecRequest inDirectory(String path) {
        return new ExecRequest(command, user, Optional.of(path), environment, stdin, strict);
    }

    public ExecRequest with(String variable, String value) {
        var changed = new LinkedHashMap<>(environment);
        changed.put(variable, value);
        return new ExecRequest(command, user, directory, changed, stdin, strict);
    }

    public ExecRequest strictly() {
        return new ExecRequest(command, user, directory, environment, stdin, true);
    }

    public ExecRequest withStdin(InputStream input) {
        return new ExecRequest(command, user, directory, environment, Optional.of(input), strict);
    }

    private static void checkText(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw LabException.input(what + " contains a NUL character", "", "");
        }
    }
}

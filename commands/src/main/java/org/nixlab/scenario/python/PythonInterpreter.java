package org.nixlab.scenario.python;

import java.nio.file.Path;
import java.time.Duration;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

/**
 * The host's Python.
 *
 * @param program its name, looked for on the path, or its path
 */
public record PythonInterpreter(String program) {
    private static final String VERSION = "import sys; print(*sys.version_info[:2])";

    /** What a launcher says that found no such program. */
    private static final int NOT_FOUND = 127;

    private static final int OLDEST_MINOR = 9;

    /** How long a script may tidy up when it is told to end, after {@link PythonRun} has asked it to. */
    private static final Duration GRACE = Duration.ofMillis(300);

    /** Returns the one on the path. */
    public static PythonInterpreter ofHost() {
        return new PythonInterpreter("python3");
    }

    /** @throws LabException (host) if it is not there, or is too old */
    void check(Deadline deadline) {
        var result = HostProcess.run(HostCommand.of(program, "-I", "-S", "-c", VERSION), deadline);
        if (result.exitCode() == NOT_FOUND) {
            throw LabException.host(
                    "tests of NixOS are run by " + program + ", which is not on this host",
                    "",
                    "install the Debian package python3");
        }
        var version = result.out().strip();
        if (!result.succeeded() || !version.matches("\\d+ \\d+")) {
            throw LabException.host(
                    program + " does not run: " + result.err().strip().lines().reduce("", (earlier, later) -> later),
                    "",
                    "");
        }
        var numbers = version.split(" ");
        if (!numbers[0].equals("3") || Integer.parseInt(numbers[1]) < OLDEST_MINOR) {
            throw LabException.host(
                    program + " is Python " + version.replace(' ', '.') + ", and tests of NixOS take 3." + OLDEST_MINOR
                            + " or newer",
                    "",
                    "put a newer python3 on the path");
        }
    }

    /** Returns the command that runs a module with a file. */
    HostCommand command(Path module, Path file) {
        return HostCommand.of(program, "-X", "utf8", "-B", module.toString(), file.toString())
                .grace(GRACE);
    }
}

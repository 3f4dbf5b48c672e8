package org.nixlab.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

/** Starts the built nixlab as a user does. */
final class Launcher {
    private static final Path PROGRAM = Path.of("bin/nixlab").toAbsolutePath();

    private Launcher() {}

    static HostCommand command(Path directory, String... arguments) {
        var words = new ArrayList<>(List.of(PROGRAM.toString()));
        words.addAll(List.of(arguments));
        return HostCommand.of(words).in(directory);
    }

    static ProcessResult run(Path directory, Duration limit, String... arguments) {
        return HostProcess.run(command(directory, arguments), Deadline.in(limit));
    }
}

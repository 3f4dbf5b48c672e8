package org.nixlab.command.verb;

import java.time.Duration;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.command.text.TimeConverter;
import org.nixlab.lab.Lab;
import picocli.CommandLine.Option;

/** {@code --timeout} of everything that waits. */
final class TimeoutOption {
    /** For what only the user ends, such as a command typed at the prompt. */
    static final Duration NO_LIMIT = Duration.ofDays(3650);

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Give up after TIME: 90s, 5m, 1h30m.")
    Optional<Duration> chosen = Optional.empty();

    Deadline deadline(Duration standard) {
        return Deadline.in(chosen.orElse(standard));
    }

    Deadline deadline(Lab lab, Lab.TimedWork work) {
        return Deadline.in(chosen.orElseGet(() -> lab.defaultTimeout(work)));
    }
}

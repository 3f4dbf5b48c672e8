package org.nixlab.command.verb;

import java.util.Optional;

import picocli.CommandLine.Option;

/** {@code -f} and {@code -n} of everything that shows what a machine wrote line by line. */
final class LogOptions {
    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, until Ctrl-C.")
    boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            converter = LineCount.class,
            description = "Only the last N lines.")
    Optional<Integer> lines = Optional.empty();
}

package org.nixlab.command.verb;

import java.util.Optional;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "Each lab keeps its own. A line that begins with a blank is not kept.",
            "",
            "Examples:",
            "  history",
            "  history -n 20",
            "  history exec         lines with 'exec' in them",
        })
final class HistoryCommand implements Action {
    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "Only lines that contain TEXT.")
    Optional<String> text = Optional.empty();

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            converter = LineCount.class,
            description = "Only the last N of them.")
    Optional<Integer> lines = Optional.empty();

    @Override
    public Outcome run(Context context) {
        var found = context.frontend().history().stream()
                .filter(line -> line.contains(text.orElse("")))
                .toList();
        int first = Math.max(0, found.size() - lines.orElse(found.size()));
        var shown = found.subList(first, found.size());
        shown.forEach(context.display()::result);
        return Outcome.of(shown);
    }
}

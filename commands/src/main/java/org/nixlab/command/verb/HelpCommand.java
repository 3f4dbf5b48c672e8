package org.nixlab.command.verb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.Style;
import org.nixlab.model.NearNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "Examples:",
            "  help",
            "  help exec",
            "  help waits",
        })
final class HelpCommand implements Action {
    @Parameters(arity = "0..1", paramLabel = "TOPIC", description = "A command, or: waits, selectors, groovy, keys.")
    Optional<String> topic = Optional.empty();

    @Override
    public Outcome run(Context context) {
        var out = context.display().out();
        out.print(topic.map(name -> explain(name, out.style())).orElseGet(() -> overview(out.style())));
        return Outcome.OK;
    }

    private static String explain(String name, Style style) {
        var verb = Verb.of(name);
        if (verb.isPresent()) {
            return Verbs.help(verb.get(), style);
        }
        return Topic.of(name).map(Topic::text).orElseThrow(() -> unknown(name));
    }

    private static LabException unknown(String name) {
        List<String> known = new ArrayList<>(Verb.allWords());
        known.addAll(Topic.names());
        var near = NearNames.of(name, known);
        return LabException.input(
                "there is no help on '" + name + "'",
                "",
                near.isEmpty() ? "'help' lists all there is" : "did you mean 'help " + near.get(0) + "'?");
    }

    private static String overview(Style style) {
        var text = new StringBuilder();
        for (var group : Verb.Group.values()) {
            text.append(style.bold(group.title())).append('\n');
            Arrays.stream(Verb.values())
                    .filter(verb -> verb.group() == group)
                    .forEach(verb ->
                            text.append(String.format(Locale.ROOT, "  %-10s %s%n", verb.word(), verb.summary())));
        }
        return text.append(style.bold("Lines"))
                .append("""

                          web uptime            run 'uptime' on the machine web
                          web.succeed('true')   Groovy; every machine is a variable, every command a method
                          :stop   =1+2   !ls    force a command, force Groovy, run on the host
                          status | grep web     go on with a command's output on the host

                        """)
                .append("'help COMMAND' explains one with examples. More: ")
                .append(Topic.names().stream()
                        .map(name -> "'help " + name + "'")
                        .collect(Collectors.joining(", ")))
                .append('\n')
                .toString();
    }
}

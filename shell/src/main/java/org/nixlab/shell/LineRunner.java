package org.nixlab.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.Display;
import org.nixlab.command.display.ValueDisplay;
import org.nixlab.command.verb.Verb;
import org.nixlab.command.verb.Verbs;
import org.nixlab.model.NearNames;
import org.nixlab.shell.host.HostShell;
import org.nixlab.shell.line.Line;
import org.nixlab.shell.line.LineRouter;
import org.nixlab.shell.line.VerbLine;
import org.nixlab.shell.script.UnresolvedException;
import org.nixlab.talk.Result;

/** Runs one line, whatever it is. Called on the evaluation's thread. */
final class LineRunner {
    private static final Pattern ASSIGNMENT = Pattern.compile("(?s)(def\\s+)?[A-Za-z_]\\w*\\s*=[^=~].*");
    private static final Pattern FIRST_WORD = Pattern.compile("(?s)([A-Za-z_][\\w-]*)(.*)");

    private final Context context;
    private final HostShell host;
    private final Scripts scripts;
    private final LineRouter router;

    LineRunner(Context context, HostShell host, Scripts scripts) {
        this.context = context;
        this.host = host;
        this.scripts = scripts;
        router = new LineRouter(word -> Verb.of(word).isPresent(), scripts::isVariable);
    }

    /** Returns what a line is, with the machines of this moment. */
    Line route(String text) {
        return router.route(text, machines());
    }

    /**
     * Runs a line to its end.
     *
     * @throws LabException if it fails
     */
    ExitCode run(Line line) {
        if (line instanceof Line.Command command) {
            return run(VerbLine.of(Verb.of(command.word()).orElseThrow(), command.rest()));
        }
        if (line instanceof Line.Forced forced) {
            var verb = Verb.of(forced.word()).orElseThrow(() -> unknownCommand(forced.word()));
            return run(VerbLine.of(verb, forced.rest()));
        }
        if (line instanceof Line.MachineFirst first) {
            return run(VerbLine.ofMachine(first.machine(), first.tail()));
        }
        if (line instanceof Line.Host command) {
            return host.run(command.command(), context.display());
        }
        if (line instanceof Line.Groovy groovy) {
            return groovy(groovy.text());
        }
        return ExitCode.OK;
    }

    private List<String> machines() {
        return context.session().current().map(lab -> lab.network().names()).orElse(List.of());
    }

    private ExitCode run(VerbLine line) {
        Function<Display, ExitCode> source =
                display -> told(Verbs.run(line.model(), line.words(), context.on(display)));
        if (line.host().isEmpty()) {
            return source.apply(context.display());
        }
        var command = line.host().get();
        return command.startsWith(">")
                ? host.redirect(command, context.display(), source)
                : host.pipe(command, context.display(), source);
    }

    /** A guest's exit code would go unseen otherwise. */
    private ExitCode told(Outcome outcome) {
        outcome.value()
                .filter(Result.class::isInstance)
                .map(Result.class::cast)
                .filter(result -> !result.succeeded())
                .ifPresent(result -> context.display()
                        .message(context.display()
                                .err()
                                .style()
                                .dim(result.machine() + ": exited with " + result.exitCode())));
        return outcome.exitCode();
    }

    private ExitCode groovy(String text) {
        try {
            var value = scripts.get().evaluate(text);
            if (value != null && !ASSIGNMENT.matcher(text).matches()) {
                ValueDisplay.show(value, context.display());
            }
            return ExitCode.OK;
        } catch (UnresolvedException e) {
            throw explain(text, e);
        }
    }

    /** What Groovy could not make sense of was often meant as a command. */
    private LabException explain(String text, UnresolvedException failure) {
        var matcher = FIRST_WORD.matcher(text);
        if (!matcher.matches() || scripts.get().knows(matcher.group(1))) {
            return failure;
        }
        var word = matcher.group(1);
        if (!near(word).isEmpty()) {
            return unknownCommand(word);
        }
        if (matcher.group(2).matches("(?s)|\\s+[\\w./~'\"-].*")) {
            return LabException.input(
                    "'" + word + "' is no command, no machine and no name in Groovy",
                    "",
                    "'help' lists the commands; 'MACHINE " + word + "' runs it on a machine, '!" + word + "' here");
        }
        return failure;
    }

    private List<String> near(String word) {
        var known = new ArrayList<>(Verb.allWords());
        known.addAll(machines());
        return NearNames.of(word, known);
    }

    private LabException unknownCommand(String word) {
        var near = near(word);
        return LabException.input(
                "unknown command '" + word + "'",
                "",
                near.isEmpty() ? "'help' lists the commands" : "did you mean '" + near.get(0) + "'?");
    }
}

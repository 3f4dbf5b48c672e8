package org.nixlab.command.verb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.base.OutputClosedException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.GuestOutput;
import org.nixlab.command.text.Count;
import org.nixlab.command.text.Harmless;
import org.nixlab.lab.Lab;
import org.nixlab.lab.system.EachMachine;
import org.nixlab.model.Machine;
import org.nixlab.model.Selector;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "All behind the machine goes to the guest's shell as it is; |, >, $ and * in it are the",
            "guest's. '|>' goes on with the output on the host. One quoted word is unquoted once.",
            "One-shot, words are joined as by ssh; but one with blanks in it, behind the first, stays one.",
            "",
            "Examples:",
            "  exec web systemctl status httpd",
            "  exec web 'cd /etc && ls | wc -l'",
            "  exec web* uptime",
            "  exec -u postgres -d /tmp --timeout 10s db psql -c 'select 1'",
            "  exec -e LANG=C db date",
            "  exec web journalctl -b |> grep -c error",
            "  web uptime           the same as 'exec web uptime'",
        })
final class ExecCommand implements Action {
    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "Run as USER instead of root.")
    Optional<String> user = Optional.empty();

    @Option(
            names = {"-d", "--dir"},
            paramLabel = "DIR",
            description = "Run in DIR instead of the home directory.")
    Optional<String> directory = Optional.empty();

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "Set a variable; can be repeated.")
    List<String> variables = new ArrayList<>();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "What the command reads; '-' is nixlab's own standard input.")
    Optional<String> input = Optional.empty();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Parameters(index = "0", paramLabel = "MACHINE", description = "Name or selector: web, web*, a,b, @tag, !web, all.")
    String selector = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "What the guest's shell runs.")
    List<String> words = new ArrayList<>();

    @Override
    public Outcome run(Context context) {
        var lab = context.lab();
        var chosen = new Selector(selector).select(lab.network());
        var deadline = timeout.deadline(TimeoutOption.NO_LIMIT);
        if (chosen.size() == 1) {
            return onOne(lab, chosen.get(0), context, deadline);
        }
        if (input.isPresent()) {
            throw LabException.input("exec: one input cannot be read by several machines", "", "name one machine");
        }
        return onMany(lab, chosen, context, deadline);
    }

    private Outcome onOne(Lab lab, Machine machine, Context context, Deadline deadline) {
        var output = GuestOutput.plain(context.display());
        try {
            var request = request(input.map(name -> open(name, context)));
            var result = context.execute(lab.machine(machine.name()), request, output, deadline);
            return Outcome.check(result.succeeded(), result);
        } finally {
            output.finish();
        }
    }

    private Outcome onMany(Lab lab, List<Machine> chosen, Context context, Deadline deadline) {
        int width = chosen.stream()
                .mapToInt(machine -> machine.name().length())
                .max()
                .orElse(0);
        var attempts = EachMachine.attempt(chosen, machine -> {
            var prefix = machine.name() + " ".repeat(width - machine.name().length()) + " │ ";
            var output = GuestOutput.prefixed(context.display(), prefix, machine.index());
            try {
                return context.execute(lab.machine(machine.name()), request(Optional.empty()), output, deadline);
            } finally {
                output.finish();
            }
        });
        if (attempts.values().stream().noneMatch(attempt -> attempt.failure() instanceof OutputClosedException)) {
            context.display().message(Harmless.line(summary(attempts)));
        }
        var results = EachMachine.values(attempts);
        return Outcome.check(results.stream().allMatch(Result::succeeded), results);
    }

    private static String summary(Map<Machine, EachMachine.Attempt<Result>> attempts) {
        var failed = new ArrayList<String>();
        attempts.forEach((machine, attempt) -> {
            if (attempt.failure() != null) {
                failed.add(firstLine(machine.name(), attempt.failure()));
            } else if (!attempt.value().succeeded()) {
                failed.add(machine.name() + " exited with " + attempt.value().exitCode());
            }
        });
        var line = Count.of(attempts.size(), "machine") + ": " + (attempts.size() - failed.size()) + " ok";
        return failed.isEmpty()
                ? line
                : line + ", " + failed.size() + " failed (" + failed.stream().collect(Collectors.joining("; ")) + ")";
    }

    /** The whole of it follows. */
    private static String firstLine(String machine, RuntimeException failure) {
        var line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return line.startsWith(machine + ": ") ? line : machine + ": " + line;
    }

    private ExecRequest request(Optional<InputStream> stream) {
        return new ExecRequest(command(), user, directory, environment(), stream);
    }

    private Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        for (var variable : variables) {
            int equals = variable.indexOf('=');
            if (equals < 0) {
                throw LabException.input("exec: '" + variable + "' sets no variable", "", "write -e NAME=VALUE");
            }
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return environment;
    }

    /**
     * Joins the words with blanks, as ssh does; but what is one word with blanks in it, as in {@code sh -c 'echo $HOME'},
     * stays one. A leading "--" only parted options from the command.
     */
    private String command() {
        var command = words.size() > 1 && words.get(0).equals("--") ? words.subList(1, words.size()) : words;
        var text = new StringBuilder(command.get(0));
        for (var word : command.subList(1, command.size())) {
            boolean whole = word.isEmpty() || word.chars().anyMatch(Character::isWhitespace);
            text.append(' ').append(whole ? ShellWord.quote(word) : word);
        }
        return text.toString();
    }

    private static InputStream open(String name, Context context) {
        if (name.equals("-")) {
            return context.frontend().input();
        }
        var file = context.session().directory().resolve(name);
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new LabException(ExitCode.USAGE, "'" + file + "' cannot be read", "", "exec -i takes a file", e);
        }
    }
}

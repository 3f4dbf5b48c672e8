package org.nixlab.shell.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.Frontend.Scenario;
import org.nixlab.command.Session;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.lab.Lab;
import org.nixlab.lab.method.MachineMethod;
import org.nixlab.lab.method.MachineMethods;
import org.nixlab.model.test.TestScript;
import org.nixlab.scenario.ScenarioRun;
import org.nixlab.scenario.python.PythonCheck;
import org.nixlab.scenario.python.PythonInterpreter;
import org.nixlab.scenario.python.PythonRun;
import org.nixlab.scenario.python.PythonScript;
import org.nixlab.shell.script.ScenarioCode;
import org.nixlab.shell.script.ScriptSession;

import static java.util.Objects.requireNonNull;

/** The script of a test of NixOS, which stands in the test's own file or in one of its own. */
final class PythonScenario implements ScenarioCode {
    private static final Duration CHECKING = Duration.ofMinutes(1);

    private final Scenario scenario;
    private final Context context;
    private final Optional<String> text;
    private final Optional<Asking> asking;
    private final PythonInterpreter python = PythonInterpreter.ofHost();
    private final Path directory;
    private Optional<PythonRun> running = Optional.empty();

    /**
     * @param context what the machines are found in
     * @param text the script; empty if it is in the network file
     * @param user is asked for lines where it fails, if that is wanted
     */
    PythonScenario(Scenario scenario, Context context, Optional<String> text, Asking user) {
        this.scenario = requireNonNull(scenario, "scenario");
        this.context = requireNonNull(context, "context");
        this.text = requireNonNull(text, "text");
        this.asking = scenario.stopsAtFailure() ? Optional.of(user) : Optional.empty();
        try {
            directory = Files.createTempDirectory("nixlab-python-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void checkText() {
        if (!scenario.settings().isEmpty()) {
            throw LabException.input("a script in Python has no parameters", "--set", "it reads os.environ");
        }
    }

    @Override
    public Optional<String> network() {
        return text.isEmpty() ? Optional.of(scenario.named()) : Optional.empty();
    }

    @Override
    public void load(String network) {
        var session = context.session();
        var named = session.request(network);
        var request = text.isEmpty() ? named.withTest() : named;
        ProgressDisplay.during(
                context.display(), progress -> session.load(request, progress, Deadline.in(Session.LOADING)));
    }

    @Override
    public void checkNames() {
        var check = new PythonCheck(python, directory);
        if (!scenario.checkOnly()) {
            check.grammar(script(), Deadline.in(CHECKING));
            return;
        }
        var mistakes = check.mistakes(script(), Deadline.in(CHECKING));
        if (!mistakes.isEmpty()) {
            var lines = mistakes.stream()
                    .map(mistake -> mistake.message() + (mistake.hint().isEmpty() ? "" : "; " + mistake.hint()) + "\n  "
                            + mistake.place())
                    .collect(Collectors.joining("\n"));
            throw LabException.input(lines, "", "");
        }
    }

    private PythonScript script() {
        var lab = lab();
        var machines = lab.network().machines().stream()
                .map(machine -> new PythonScript.Node(
                        machine.name(), machine.identity().hostName(), TestCalls.directory(lab, machine.name())))
                .toList();
        var here = context.session().directory();
        return new PythonScript(
                name(),
                text.orElseGet(() -> test().orElseThrow(this::noTest).text()),
                test().map(TestScript::copies).orElse(Map.of()),
                here,
                here,
                machines,
                Set.copyOf(lab.network().vlans()),
                MachineMethods.all().stream().map(MachineMethod::name).collect(Collectors.toSet()));
    }

    private String name() {
        return text.isPresent() ? Path.of(scenario.named()).getFileName().toString() : "testScript";
    }

    private LabException noTest() {
        return LabException.input(
                "there is no testScript in '" + scenario.named() + "'",
                "",
                "script takes a test of NixOS, a .groovy file, or a .py file with --network FILE");
    }

    private Optional<TestScript> test() {
        return text.isPresent() ? Optional.empty() : lab().test();
    }

    private Lab lab() {
        return context.lab();
    }

    @Override
    public void run(ScenarioRun run) {
        var limit = scenario.limit().or(() -> test().flatMap(TestScript::limit)).orElse(LIMIT);
        try (var echo = new ConsoleEcho(lab(), context.display())) {
            var host = new TestCalls(lab(), run, context.display(), test(), echo, asking);
            var script = new PythonRun(script(), host, python, directory);
            running = Optional.of(script);
            script.run(Deadline.in(limit));
        }
    }

    /** The script has asked where it stood. */
    @Override
    public void ask(Consumer<ScriptSession> prompt) {}

    @Override
    public RuntimeException explain(Throwable thrown) {
        if (thrown instanceof LabException known) {
            return running.map(script -> script.placed(known)).orElse(known);
        }
        return thrown instanceof RuntimeException other
                ? other
                : new LabException(ExitCode.CHECK_FAILED, String.valueOf(thrown.getMessage()), "", "", thrown);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // What is in it somebody else has put there.
        }
    }
}

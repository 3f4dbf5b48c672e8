package org.nixlab.shell.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.base.CancelledException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.base.TimeText;
import org.nixlab.command.Context;
import org.nixlab.command.Frontend.Scenario;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.ScenarioDisplay;
import org.nixlab.command.text.ByteOrderMark;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.scenario.ScenarioResult;
import org.nixlab.scenario.ScenarioRun;
import org.nixlab.shell.script.GroovyScenario;
import org.nixlab.shell.script.ScenarioCode;

import static java.util.Objects.requireNonNull;

/** Runs scenarios: files that drive a lab and pass or fail. */
public final class ScenarioRunner {
    private final Context context;
    private final Asking user;

    /** @param user is asked for lines where a scenario stops, if that is wanted */
    public ScenarioRunner(Context context, Asking user) {
        this.context = requireNonNull(context, "context");
        this.user = requireNonNull(user, "user");
    }

    /**
     * Runs a scenario, or looks for mistakes in it, as it asks for. At its end its machines are gone, whatever the end is, or
     * as they were before, if it drives those of a lab.
     *
     * @throws LabException if it fails; the place is the scenario's own line
     */
    public Outcome run(Scenario scenario) {
        try (var labs = new ScenarioLabs(scenario, context);
                var code = code(scenario, labs)) {
            code.checkText();
            // What it names is loaded before anything of it runs, so that mistakes are found first.
            scenario.network().map(Path::toString).or(code::network).ifPresentOrElse(code::load, labs::loadThatOfUser);
            if (labs.isLoaded()) {
                code.checkNames();
            }
            if (scenario.checkOnly()) {
                return checked(scenario, labs.isLoaded());
            }
            return run(scenario, code, labs);
        }
    }

    private ScenarioCode code(Scenario scenario, ScenarioLabs labs) {
        if (scenario.named().endsWith(".groovy")) {
            return new GroovyScenario(scenario, read(scenario.file()), labs.context(), labs::load);
        }
        if (scenario.named().endsWith(".py")) {
            return new PythonScenario(scenario, labs.context(), Optional.of(read(scenario.file())), user);
        }
        if (LoadRequest.of(scenario.named(), Path.of("/")).file().toString().endsWith(".nix")) {
            return new PythonScenario(scenario, labs.context(), Optional.empty(), user);
        }
        throw LabException.input(
                "'" + scenario.named() + "' is no scenario",
                "",
                "script takes a .groovy file, a test of NixOS (.nix or .#NAME), or a .py file");
    }

    private Outcome checked(Scenario scenario, boolean wholly) {
        var what = wholly
                ? "no mistakes found"
                : "no mistakes found, but which machines there are is not known before it runs";
        context.display().result(title(scenario) + ": " + what);
        return Outcome.OK;
    }

    private Outcome run(Scenario scenario, ScenarioCode code, ScenarioLabs labs) {
        var shown = new ScenarioDisplay(context.display(), scenario.verbose());
        var run = new ScenarioRun(shown, code::explain, scenario.stopsAtFailure());
        var result = run.run(() -> {
            code.run(run);
            return null;
        });
        if (scenario.stopsAtFailure()) {
            result.failure()
                    .filter(failure -> !(failure instanceof CancelledException))
                    .ifPresent(failure -> {
                        code.ask(session -> {
                            context.display().message(Asking.stopped(failure));
                            user.lines(labs.context(), session);
                        });
                    });
        }
        var left = run.cleanUp();
        var failure = result.failure().or(() -> left.stream().findFirst());
        labs.end(failure);
        context.display().result(summary(scenario, result, failure.isEmpty()));
        failure.ifPresent(what -> {
            throw what;
        });
        return Outcome.OK;
    }

    private static String summary(Scenario scenario, ScenarioResult result, boolean passed) {
        int steps = result.passed() + result.failed();
        var counted = steps == 0 ? "" : ", " + result.passed() + " of " + steps + (steps == 1 ? " step" : " steps");
        return title(scenario) + ": " + (passed ? "passed" : "failed") + counted + ", "
                + TimeText.format(result.took());
    }

    private static String title(Scenario scenario) {
        return scenario.named().substring(scenario.named().lastIndexOf('/') + 1);
    }

    private static String read(Path file) {
        try {
            return ByteOrderMark.without(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            var message = Files.exists(file) ? "'" + file + "' cannot be read" : "there is no file '" + file + "'";
            throw new LabException(ExitCode.USAGE, message, "", "script takes the path of a scenario", e);
        }
    }
}

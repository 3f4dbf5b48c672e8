package org.nixlab.shell.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.Frontend.Scenario;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.command.text.ByteOrderMark;
import org.nixlab.lab.Lab;
import org.nixlab.model.Selector;

/** Runs scenarios: Groovy files that drive a lab and pass or fail. */
public final class ScenarioRunner {
    private final Context context;

    public ScenarioRunner(Context context) {
        this.context = context;
    }

    /**
     * Runs a scenario. A lab of which no machine ran before is stopped at the end, whatever the end is.
     *
     * @throws LabException if it fails; the place is the scenario's own line
     */
    public Outcome run(Scenario scenario) {
        long begin = System.nanoTime();
        var text = read(scenario.file());
        var binding = new LabBinding(context, scenario.file().toAbsolutePath().getParent());
        binding.setVariable("args", scenario.arguments().toArray(String[]::new));
        var compiler = new ScriptCompiler(binding);
        var before = context.session().current();
        boolean ranBefore = runs(before);
        boolean ok = false;
        Optional<RuntimeException> failure = Optional.empty();
        try {
            scenario.network().ifPresent(binding::network);
            compiler.compile(text, scenario.file().getFileName().toString()).run();
            ok = true;
            return Outcome.OK;
        } catch (Throwable e) {
            failure = Optional.of(new ScriptErrors(compiler.sources(), binding).explain(e));
            throw failure.get();
        } finally {
            boolean same = before.isPresent() && context.session().current().equals(before);
            if (!scenario.keep() && !(same ? ranBefore : context.session().ranWhenOpened())) {
                stop(failure);
            }
            var time = Duration.ofNanos(System.nanoTime() - begin);
            context.display()
                    .result(scenario.file().getFileName() + ": "
                            + binding.subtests().summary(ok, time));
        }
    }

    private static String read(Path file) {
        try {
            return ByteOrderMark.without(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            var message = Files.exists(file) ? "'" + file + "' cannot be read" : "there is no file '" + file + "'";
            throw new LabException(ExitCode.USAGE, message, "", "script takes the path of a .groovy file", e);
        }
    }

    /** Also after Ctrl-C: the interrupt that ended the scenario must not end the stopping. */
    private void stop(Optional<RuntimeException> failure) {
        boolean interrupted = Thread.interrupted();
        try {
            stop();
        } catch (LabException e) {
            failure.orElseThrow(() -> e).addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void stop() {
        // Also where none runs any more: what a machine that ended by itself left is tidied.
        context.session()
                .current()
                .ifPresent(each -> ProgressDisplay.during(context.display(), progress -> {
                    each.stop(Selector.ALL, progress, Deadline.in(each.defaultTimeout(Lab.TimedWork.STOP)));
                    return each;
                }));
    }

    private static boolean runs(Optional<Lab> lab) {
        return lab.filter(Lab::runs).isPresent();
    }
}

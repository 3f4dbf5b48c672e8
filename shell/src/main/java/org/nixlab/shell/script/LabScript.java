package org.nixlab.shell.script;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.Script;
import org.codehaus.groovy.runtime.FormatHelper;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.verb.Verb;
import org.nixlab.scenario.Repetition;
import org.nixlab.scenario.ScenarioRun;
import org.nixlab.scenario.Watch;
import org.nixlab.talk.Result;

/** What every script can say without a machine before it: all verbs, the language of scenarios, {@code sleep}. */
public abstract class LabScript extends Script {
    /** {@code run} is every script's own method, so that the verb is called by this name behind the scenes. */
    static final String RUN_VERB = "start";

    static final String SLEEP_INSTEAD = "pause";

    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int TIMES = 3;

    /**
     * Loads the network a scenario drives: a file, whose path starts from the scenario's directory, or, if the text has more
     * than one line or a brace, the network itself.
     */
    public Object network(Object network) {
        return binding().network(network.toString());
    }

    /** Declares parameters with their defaults: each becomes a variable, which {@code --set} sets. */
    public void parameters(Map<String, ?> parameters) {
        binding().declare(parameters);
    }

    /** Does a named part of a scenario. If it fails, that is told and what follows goes on, unless it is {@code required}. */
    public void step(Map<String, ?> options, String name, Closure<?> body) {
        var given = new Options("step", options, Set.of("required", "timeout"));
        scenario().step(name, given.flag("required"), given.time("timeout"), body);
    }

    public void step(String name, Closure<?> body) {
        step(Map.of(), name, body);
    }

    /** What the test driver of NixOS calls a step. */
    public void subtest(Map<String, ?> options, String name, Closure<?> body) {
        step(options, name, body);
    }

    public void subtest(String name, Closure<?> body) {
        step(name, body);
    }

    /** Does a check whose failure does not end the step that it stands in: false, a command that failed, or a failure. */
    public void check(Closure<?> body) {
        scenario().check(() -> {
            requireTruth(body.call(), "the check did not hold");
            return null;
        });
    }

    /** Has something done at the end, however the scenario ends; what is said last comes first. */
    public void cleanup(Closure<?> body) {
        scenario().cleanup(body::call);
    }

    /** Starts the steps in a block at the same time, and waits for them. */
    public void parallel(Closure<?> block) {
        scenario().parallel(block::call);
    }

    /** Does several things at the same time, and returns their values. */
    public List<Object> parallel(Closure<?>... branches) {
        return parallel(List.of(branches));
    }

    /** Does as many things as there are closures at the same time, and returns their values. */
    public List<Object> parallel(Collection<? extends Closure<?>> branches) {
        return scenario()
                .parallel(branches.stream()
                        .<Callable<Object>>map(branch -> branch::call)
                        .toList());
    }

    /** Waits until a block neither fails nor gives false or a command that failed, and returns its value. */
    public Object await(Map<String, ?> options, Closure<?> body) {
        var given = new Options("await", options, Set.of("within", "what"));
        var what = given.text("what").orElse("what it says");
        return repetition().until(what, body, given.time("within").orElse(WITHIN));
    }

    public Object await(Closure<?> body) {
        return await(Map.of(), body);
    }

    /** Tries a block until it does not fail, and returns its value. */
    public Object retry(Map<String, ?> options, Closure<?> body) {
        var given = new Options("retry", options, Set.of("times", "pause"));
        return repetition()
                .retry(given.integer("times").orElse(TIMES), given.time("pause").orElse(PAUSE), body);
    }

    public Object retry(Closure<?> body) {
        return retry(Map.of(), body);
    }

    /** Watches in the background, to the end of the scenario or until it is closed, that a block is true and does not fail. */
    public Watch always(Map<String, ?> options, String name, Closure<?> body) {
        var given = new Options("always", options, Set.of("every"));
        return scenario().always(name, given.time("every").orElse(EVERY), () -> {
            requireTruth(body.call(), "it was false");
            return null;
        });
    }

    public Watch always(String name, Closure<?> body) {
        return always(Map.of(), name, body);
    }

    private Repetition repetition() {
        return new Repetition(binding()::explain, LabScript::holds);
    }

    private static void requireTruth(Object value, String complaint) {
        if (!holds(value)) {
            throw new LabException(ExitCode.CHECK_FAILED, complaint, "", "");
        }
    }

    /** What gives no answer, such as an assertion, a loop or a command without output, has nothing to say against it. */
    private static boolean holds(Object value) {
        return !Boolean.FALSE.equals(value) && !(value instanceof Result result && !result.succeeded());
    }

    /** Sleeps; other than Groovy's own {@code sleep}, in whose place it is called, ends at once when interrupted. */
    public void pause(long milliseconds) throws InterruptedException {
        Thread.sleep(milliseconds);
    }

    @Override
    public void println() {
        write("\n");
    }

    @Override
    public void print(Object value) {
        write(FormatHelper.toString(value));
    }

    @Override
    public void println(Object value) {
        write(FormatHelper.toString(value) + "\n");
    }

    @Override
    public void printf(String format, Object value) {
        write(String.format(format, value));
    }

    @Override
    public void printf(String format, Object[] values) {
        write(String.format(format, values));
    }

    /** Called for what is no method of the script: methods of earlier lines first, then verbs. */
    @Override
    public Object invokeMethod(String name, Object arguments) {
        try {
            return super.invokeMethod(name, arguments);
        } catch (MissingMethodException e) {
            boolean mine = e.getMethod().equals(name) && e.getType() == getClass();
            if (!mine || Verb.of(verbWord(name)).isEmpty()) {
                throw e;
            }
            var values = arguments instanceof Object[] array ? array : new Object[] {arguments};
            return Verbally.run(verbWord(name), values, context());
        }
    }

    private static String verbWord(String name) {
        return name.equals("buildVms") || name.equals("build_vms") ? Verb.BUILD_VMS.word() : name;
    }

    private void write(String text) {
        context().display().out().print(text);
    }

    private Context context() {
        return binding().context();
    }

    private ScenarioRun scenario() {
        return binding().run();
    }

    private LabBinding binding() {
        return (LabBinding) getBinding();
    }
}

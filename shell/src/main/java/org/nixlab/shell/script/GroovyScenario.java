package org.nixlab.shell.script;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import groovy.lang.Script;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.Frontend.Scenario;
import org.nixlab.model.NearNames;
import org.nixlab.scenario.ScenarioRun;
import org.nixlab.shell.script.check.NameCheck;
import org.nixlab.shell.script.check.Parameter;
import org.nixlab.shell.script.check.ScriptText;
import org.nixlab.shell.script.source.TopLevel;

/** A scenario in Groovy. */
public final class GroovyScenario implements ScenarioCode {
    private final Scenario scenario;
    private final String text;
    private final LabBinding binding;
    private final ScriptCompiler compiler;
    private final ScriptErrors errors;
    private final TopLevel topLevel = new TopLevel();
    private Script script;

    /**
     * @param text what stands in the file
     * @param context what its verbs work with
     * @param inline loads a network that is written in it
     */
    public GroovyScenario(Scenario scenario, String text, Context context, Consumer<String> inline) {
        this.scenario = scenario;
        this.text = text;
        this.binding = new LabBinding(context, scenario.file().toAbsolutePath().getParent());
        // What stands at its top level is there for the lines typed where it stopped.
        compiler = scenario.stopsAtFailure() ? new ScriptCompiler(binding, topLevel) : new ScriptCompiler(binding);
        errors = new ScriptErrors(compiler.sources(), binding);
        binding.explainBy(errors::explain);
        binding.writeNetworks(inline);
        binding.setVariable("args", scenario.arguments().toArray(String[]::new));
    }

    @Override
    public void checkText() {
        try {
            script = compiler.compile(text, title());
            topLevel.keepImports();
        } catch (Throwable e) {
            throw errors.explain(e);
        }
        var declared = compiler.parsed().map(ScriptText::parameters).orElse(Map.of());
        scenario.settings().forEach((name, value) -> parameter(declared, name).value(value));
        binding.set(scenario.settings());
    }

    private Parameter parameter(Map<String, Parameter> declared, String name) {
        if (declared.containsKey(name)) {
            return declared.get(name);
        }
        var near = NearNames.of(name, declared.keySet());
        throw LabException.input(
                title() + " has no parameter '" + name + "'",
                "--set",
                !near.isEmpty()
                        ? "did you mean '" + near.get(0) + "'?"
                        : declared.isEmpty()
                                ? "a scenario declares them: parameters " + name + ": 2"
                                : "it has " + String.join(", ", declared.keySet()));
    }

    @Override
    public Optional<String> network() {
        return compiler.parsed().flatMap(ScriptText::network);
    }

    @Override
    public void load(String network) {
        binding.network(network);
    }

    @Override
    public void checkNames() {
        var check = new NameCheck(
                Set.copyOf(binding.names()), Members.ofScripts(), binding::isMachine, Members.ofMachines());
        var problems =
                compiler.parsed().map(parsed -> check.problems(parsed.module())).orElse(List.of());
        if (problems.isEmpty()) {
            return;
        }
        var lines = problems.stream()
                .map(problem -> problem.message() + "\n  " + compiler.place(problem.line()))
                .toList();
        throw new UnresolvedException(String.join("\n", lines), "", "", null);
    }

    @Override
    public void run(ScenarioRun run) {
        binding.belongTo(run);
        run.limit(scenario.limit().orElse(LIMIT));
        script.run();
    }

    @Override
    public void ask(Consumer<ScriptSession> prompt) {
        prompt.accept(new ScriptSession(binding, topLevel));
    }

    @Override
    public RuntimeException explain(Throwable thrown) {
        return errors.explain(thrown);
    }

    private String title() {
        return scenario.file().getFileName().toString();
    }
}

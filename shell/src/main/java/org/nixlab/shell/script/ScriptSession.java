package org.nixlab.shell.script;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

import groovy.lang.GroovyObject;
import groovy.lang.Script;
import org.codehaus.groovy.runtime.MethodClosure;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.display.ScenarioDisplay;
import org.nixlab.scenario.ScenarioRun;
import org.nixlab.shell.script.source.TopLevel;

/**
 * Groovy at the prompt: variables, methods and imports survive from line to line. For one thread at a time, except for
 * looking at names.
 */
public final class ScriptSession {
    private final LabBinding binding;
    private final TopLevel topLevel;
    private final ScriptCompiler compiler;
    private final ScriptErrors errors;

    public ScriptSession(Context context) {
        this(new LabBinding(context, context.session().directory()), new TopLevel());
    }

    /** @param topLevel what kept what a text declared whose variables there are already */
    ScriptSession(LabBinding binding, TopLevel topLevel) {
        this.binding = binding;
        this.topLevel = topLevel;
        compiler = new ScriptCompiler(binding, topLevel, topLevel.imports());
        errors = new ScriptErrors(compiler.sources(), binding);
        binding.explainBy(errors::explain);
    }

    /**
     * Evaluates a text and returns its value, which may be null.
     *
     * @throws LabException if it fails; {@link UnresolvedException} if it makes no sense
     */
    public Object evaluate(String text) {
        try {
            var script = compiler.compile(text, "");
            topLevel.keepImports();
            if (!(script instanceof LabScript)) {
                // Only classes were declared; there is nothing to run.
                return null;
            }
            publishMethods(script);
            return run(script);
        } catch (Throwable e) {
            throw errors.explain(e);
        }
    }

    /** A line is a run of its own: what it left for the end is done when it is over, its watches end with it. */
    private Object run(Script script) {
        var listener = new ScenarioDisplay(binding.context().display(), false);
        var run = new ScenarioRun(listener, errors::explain, false);
        var before = binding.run();
        binding.belongTo(run);
        try {
            var value = new Object[1];
            var result = run.run(() -> value[0] = script.run());
            var left = run.cleanUp();
            result.failure().or(() -> left.stream().findFirst()).ifPresent(failure -> {
                throw failure;
            });
            return value[0];
        } finally {
            binding.belongTo(before);
        }
    }

    /** Returns whether a word means something without being a command: a variable, a method of a line before. */
    public boolean knows(String word) {
        return binding.hasVariable(word) || Members.has(LabScript.class, word);
    }

    /** Returns whether a line before gave a word a value. */
    public boolean isVariable(String word) {
        return binding.getVariables().containsKey(word);
    }

    /** Returns the names of all variables, sorted. */
    public List<String> variables() {
        return binding.names();
    }

    /** Returns what can stand behind a variable and a dot. */
    public List<String> members(String variable) {
        return binding.hasVariable(variable) && binding.getVariable(variable) != null
                ? Members.of(binding.getVariable(variable).getClass())
                : List.of();
    }

    /** A method belongs to its line's class; as a variable it is found by later lines. */
    private void publishMethods(Script script) {
        var words = Members.words();
        Arrays.stream(script.getClass().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !method.getName().contains("$"))
                .map(method -> method.getName())
                .filter(name -> !name.equals("run") && !name.equals("main"))
                .filter(name -> Arrays.stream(GroovyObject.class.getMethods())
                        .noneMatch(own -> own.getName().equals(name)))
                .distinct()
                .forEach(name -> {
                    if (words.contains(name)) {
                        throw LabException.input(
                                "'" + name + "' is a word of scenarios", "", "give the method another name");
                    }
                    binding.setVariable(name, new MethodClosure(script, name));
                });
    }
}

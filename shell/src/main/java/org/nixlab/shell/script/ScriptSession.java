package org.nixlab.shell.script;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

import groovy.lang.GroovyObject;
import groovy.lang.Script;
import org.codehaus.groovy.runtime.MethodClosure;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.shell.script.source.TopLevel;

/**
 * Groovy at the prompt: variables, methods and imports survive from line to line. For one thread at a time, except for
 * looking at names.
 */
public final class ScriptSession {
    private final LabBinding binding;
    private final TopLevel topLevel = new TopLevel();
    private final ScriptCompiler compiler;
    private final ScriptErrors errors;

    public ScriptSession(Context context) {
        binding = new LabBinding(context, context.session().directory());
        compiler = new ScriptCompiler(binding, topLevel, topLevel.imports());
        errors = new ScriptErrors(compiler.sources(), binding);
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
            return script.run();
        } catch (Throwable e) {
            throw errors.explain(e);
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
        Arrays.stream(script.getClass().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !method.getName().contains("$"))
                .map(method -> method.getName())
                .filter(name -> !name.equals("run") && !name.equals("main"))
                .filter(name -> Arrays.stream(GroovyObject.class.getMethods())
                        .noneMatch(own -> own.getName().equals(name)))
                .distinct()
                .forEach(name -> binding.setVariable(name, new MethodClosure(script, name)));
    }
}

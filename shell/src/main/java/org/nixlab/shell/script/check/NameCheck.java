package org.nixlab.shell.script.check;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.nixlab.lab.method.CamelCase;
import org.nixlab.model.NearNames;

import static java.util.Objects.requireNonNull;

/**
 * Finds names that mean nothing. What only the run can tell, such as names in blocks that are evaluated on something else
 * ({@code x.with { }}), is taken to be right.
 *
 * @param variables the names of what there is without the text
 * @param functions the names of what can be called without a dot
 * @param isMachine whether a variable is a machine, or several
 * @param methods the names of what can be called on a machine
 */
public record NameCheck(
        Set<String> variables, Set<String> functions, Predicate<String> isMachine, Set<String> methods) {
    public NameCheck {
        variables = Set.copyOf(variables);
        functions = Set.copyOf(functions);
        requireNonNull(isMachine, "isMachine");
        methods = Set.copyOf(methods);
    }

    /** Returns what is wrong in a text that has been parsed, in the order of its lines. */
    public List<Problem> problems(ModuleNode module) {
        var names = NamesInText.of(module);
        var own = names.own();
        var unknownNames = names.variables().stream()
                .filter(use -> !own.contains(use.getName()) && !variables.contains(use.getName()))
                .map(use -> new Problem(
                        "unknown name '" + use.getName() + "'" + near(use.getName(), variables), use.getLineNumber()));
        var unknownFunctions = names.functions().stream()
                .filter(call -> !own.contains(name(call)) && !knows(functions, name(call)))
                .map(call -> new Problem(
                        "unknown name '" + name(call) + "'" + near(name(call), functions), call.getLineNumber()));
        var unknownMethods = names.methods().stream()
                .filter(call -> {
                    var receiver = ((VariableExpression) call.getObjectExpression()).getName();
                    return isMachine.test(receiver) && !own.contains(receiver) && !knows(methods, name(call));
                })
                .map(call -> new Problem(
                        "a machine has no method '" + name(call) + "'" + near(name(call), methods),
                        call.getLineNumber()));
        return Stream.of(unknownNames, unknownFunctions, unknownMethods)
                .flatMap(Function.identity())
                .distinct()
                .sorted(Comparator.comparingInt(Problem::line))
                .toList();
    }

    private static boolean knows(Set<String> known, String name) {
        return known.contains(name) || known.contains(camelCase(name));
    }

    private static String camelCase(String name) {
        return CamelCase.of(name);
    }

    private static String name(MethodCallExpression call) {
        return call.getMethodAsString();
    }

    private static String near(String name, Set<String> known) {
        var near = NearNames.of(camelCase(name), known);
        return near.isEmpty() ? "" : "; did you mean '" + near.get(0) + "'?";
    }
}

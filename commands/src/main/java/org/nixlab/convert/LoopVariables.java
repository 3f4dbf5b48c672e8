package org.nixlab.convert;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.nixlab.convert.Statement.For;
import org.nixlab.convert.Statement.Function;

/**
 * The variables that only loops set, and only what stands in these loops looks at: they can be Groovy's own loop variables,
 * which end with the loop. Python's go on living.
 */
final class LoopVariables {
    private final Set<String> inside = new HashSet<>();
    private final Set<String> outside = new HashSet<>();

    private LoopVariables() {}

    static Set<String> of(List<Statement> body) {
        var variables = new LoopVariables();
        variables.read(body, Set.of());
        variables.inside.removeAll(variables.outside);
        return variables.inside;
    }

    private void read(List<Statement> statements, Set<String> around) {
        for (var statement : statements) {
            var mentioned = new HashSet<>(FreeNames.assigned(statement));
            statement.expressions().forEach(expression -> mentioned.addAll(FreeNames.of(expression)));
            var within = around;
            if (statement instanceof Function function) {
                // It may run when the loop is over.
                outside.addAll(FreeNames.of(function));
            } else if (statement instanceof For loop) {
                var targets = FreeNames.targets(loop.target());
                mentioned.removeAll(targets);
                targets.stream().filter(around::contains).forEach(outside::add);
                inside.addAll(targets);
                within = new HashSet<>(around);
                within.addAll(targets);
            }
            mentioned.removeAll(around);
            outside.addAll(mentioned);
            for (var block : statement.blocks()) {
                read(block, within);
            }
        }
    }
}

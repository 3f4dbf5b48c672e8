package org.nixlab.convert;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Statement.Assignment;
import org.nixlab.convert.Statement.Function;
import org.nixlab.convert.Statement.With;

/**
 * Where machines have to be started that a script does not start itself: the test driver starts a machine when it is first
 * talked to, nixlab when it is told to. To start one that runs does nothing, so in doubt it is started once more.
 */
final class Starts {
    /** What does not start a machine. */
    private static final Set<String> SILENT = Set.of("crash", "log", "name", "nested", "shutdown", "start");

    private static final Set<String> ENDING = Set.of("crash", "shutdown", "wait_for_shutdown");

    private final Map<Statement, Set<String>> before = new IdentityHashMap<>();
    private final Map<String, Function> functions = new HashMap<>();
    private final Map<String, Set<String>> lists = new HashMap<>();
    private final Scope scope;
    private final Set<String> machines;

    Starts(List<Statement> script, Scope scope, Imports imports) {
        this.scope = scope;
        machines = machines(script, scope, imports);
        read(script, Set.of(), true);
    }

    /** Returns the machines to start before a statement. */
    Set<String> before(Statement statement) {
        return before.getOrDefault(statement, Set.of());
    }

    /** Returns the machines the script talks of. */
    Set<String> machines() {
        return machines;
    }

    /** What a script mentions and nobody binds are machines. */
    private static Set<String> machines(List<Statement> script, Scope scope, Imports imports) {
        var names = FreeNames.mentioned(script);
        names.removeIf(name -> scope.binds(name)
                || imports.has(name)
                || CallWriter.isFunction(name)
                || ExpressionWriter.isDriver(name)
                || name.equals("machines")
                || Character.isUpperCase(name.charAt(0)));
        return names;
    }

    /**
     * Goes through statements and returns the machines that run behind them.
     *
     * @param at those that run before
     * @param recording whether starts are to be written there; else only found out
     */
    private Set<String> read(List<Statement> statements, Set<String> at, boolean recording) {
        var running = new LinkedHashSet<>(at);
        for (var statement : statements) {
            if (statement instanceof Function function) {
                functions.put(function.name(), function);
                read(function.body(), machines, recording);
                continue;
            }
            if (statement instanceof Assignment assignment
                    && assignment.targets().get(0) instanceof Name name
                    && !callsAnything(assignment.value())) {
                // A list of machines in a variable is as good as the machines, when it is used.
                lists.put(name.id(), mentioned(assignment.value()));
                continue;
            }
            var needed = new LinkedHashSet<String>();
            statement.expressions().forEach(expression -> needed.addAll(needed(expression)));
            needed.removeAll(running);
            if (recording && !needed.isEmpty()) {
                before.put(statement, needed);
            }
            running.addAll(needed);
            statement.expressions().forEach(expression -> apply(expression, running));
            blocks(statement, running, recording);
        }
        return running;
    }

    /** A block that may be skipped starts nothing for those behind it; one that is repeated may find what it stopped. */
    private void blocks(Statement statement, Set<String> running, boolean recording) {
        if (statement instanceof With with) {
            var after = read(with.body(), running, recording);
            running.addAll(after);
            running.retainAll(after);
            return;
        }
        var before = Set.copyOf(running);
        for (var block : statement.blocks()) {
            var inside = new LinkedHashSet<>(before);
            inside.retainAll(read(block, before, false));
            running.retainAll(read(block, inside, recording));
        }
    }

    private Set<String> mentioned(Expression expression) {
        var names = new LinkedHashSet<String>();
        for (var name : FreeNames.of(expression)) {
            names.addAll(meant(name));
        }
        return names;
    }

    private Set<String> meant(String name) {
        if (machines.contains(name)) {
            return Set.of(name);
        }
        return name.equals("machines") && !scope.binds(name) ? machines : lists.getOrDefault(name, Set.of());
    }

    private static boolean callsAnything(Expression expression) {
        return expression instanceof Call || expression.children().stream().anyMatch(Starts::callsAnything);
    }

    /** Returns the machines that an expression talks to. */
    private Set<String> needed(Expression expression) {
        if (expression instanceof Attribute attribute
                && attribute.object() instanceof Name
                && SILENT.contains(attribute.name())) {
            return Set.of();
        }
        var needed = new LinkedHashSet<String>();
        if (expression instanceof Name name) {
            needed.addAll(meant(name.id()));
            if (functions.containsKey(name.id())) {
                needed.addAll(neededBy(functions.get(name.id())));
            }
        }
        expression.children().forEach(child -> needed.addAll(needed(child)));
        return needed;
    }

    private Set<String> neededBy(Function function) {
        var needed = FreeNames.of(function);
        if (needed.contains("start_all")) {
            return Set.of();
        }
        needed.retainAll(machines);
        return needed;
    }

    /** Takes over what calls in an expression start and stop. */
    private void apply(Expression expression, Set<String> running) {
        expression.children().forEach(child -> apply(child, running));
        if (!(expression instanceof Call call)) {
            return;
        }
        if (call.function() instanceof Name function) {
            if (function.id().equals("start_all")) {
                running.addAll(machines);
            } else if (functions.containsKey(function.id())) {
                // Out of the map meanwhile, for it may call itself.
                var called = functions.remove(function.id());
                running.retainAll(read(called.body(), machines, false));
                functions.put(function.id(), called);
            }
        } else if (call.function() instanceof Attribute method && method.object() instanceof Name machine) {
            if (method.name().equals("start")) {
                running.add(machine.id());
            } else if (ENDING.contains(method.name())) {
                running.remove(machine.id());
            }
        }
    }
}

package org.nixlab.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Expression.Number;
import org.nixlab.convert.Expression.Parameter;
import org.nixlab.convert.Expression.Sequence;
import org.nixlab.convert.Expression.Subscript;
import org.nixlab.convert.Statement.Assignment;
import org.nixlab.convert.Statement.Augmented;
import org.nixlab.convert.Statement.For;
import org.nixlab.convert.Statement.Function;
import org.nixlab.convert.Statement.Try;

/** What names mean in a script, a function, a lambda or a comprehension: what Groovy calls them, and what they may be. */
final class Scope {
    private final Optional<Scope> outer;
    private final boolean seesOuterLocals;
    private final Map<String, String> groovyNames = new LinkedHashMap<>();
    private final Set<String> locals = new HashSet<>();
    private final Map<String, List<Value>> values = new HashMap<>();
    private final Map<String, Function> functions = new HashMap<>();
    private final Set<String> exceptions = new HashSet<>();
    private final Set<Function> methods = new HashSet<>();
    private final Set<String> loopVariables;

    private Scope(Optional<Scope> outer, boolean seesOuterLocals, List<Statement> body, Set<String> bound) {
        this.outer = outer;
        this.seesOuterLocals = seesOuterLocals;
        read(body);
        loopVariables = LoopVariables.of(body);
        if (outer.isEmpty()) {
            findMethods(body);
        }
        bound.forEach(this::name);
    }

    /** Returns the scope of a script. */
    static Scope script(List<Statement> body) {
        return new Scope(Optional.empty(), false, body, FreeNames.bound(body));
    }

    /** Returns the scope of a function that is defined in this one. */
    Scope function(Function function) {
        var parameters = function.parameters().stream().map(Parameter::name).toList();
        var bound = FreeNames.bound(function);
        parameters.forEach(bound::remove);
        return new Scope(Optional.of(this), !isMethod(function), function.body(), bound).with(parameters);
    }

    /** Returns a scope for an expression in this one. */
    Scope closure(List<String> parameters) {
        return new Scope(Optional.of(this), true, List.of(), Set.of()).with(parameters);
    }

    private Scope with(List<String> parameters) {
        for (var parameter : parameters) {
            name(parameter);
            add(parameter, Value.UNKNOWN);
        }
        return this;
    }

    /** Says that a name of a comprehension takes the values that something iterates over. */
    void iterates(String name, Expression iterable) {
        values.put(name, List.of(new Value(iterable, true)));
    }

    /** Returns whether the script itself gives a name its meaning. */
    boolean binds(String name) {
        return groovyNames.containsKey(name) || outer.isPresent() && outer.get().binds(name);
    }

    /** Returns what Groovy calls something. What the script does not bind is a machine. */
    String groovy(String name) {
        if (groovyNames.containsKey(name)) {
            return groovyNames.get(name);
        }
        return outer.map(scope -> scope.groovy(name)).orElseGet(() -> GroovyNames.machine(name));
    }

    /** Returns whether a variable is a loop's own. */
    boolean isLoopVariable(String name) {
        return loopVariables.contains(name) && !exceptions.contains(name);
    }

    /** Returns what a function has to declare. The variables of a script need no declaration. */
    List<String> declarations(Function function) {
        var names = FreeNames.bound(function);
        function.parameters().stream().map(Parameter::name).forEach(names::remove);
        names.removeIf(name -> isLoopVariable(name) || exceptions.contains(name));
        return names.stream().map(this::groovy).toList();
    }

    /** Returns the function a name stands for, if it can stand for nothing else. */
    Optional<Function> called(String name) {
        if (groovyNames.containsKey(name)) {
            return values.containsKey(name) ? Optional.empty() : Optional.ofNullable(functions.get(name));
        }
        return outer.flatMap(scope -> scope.called(name));
    }

    /** Returns whether a function becomes a method of the script, and not a closure in a variable. */
    boolean isMethod(Function function) {
        return methods.stream().anyMatch(method -> method == function)
                || outer.isPresent() && outer.get().isMethod(function);
    }

    /** Returns what a name has been given anywhere in its scope; nothing if that is not known. */
    Optional<List<Value>> values(String name) {
        if (groovyNames.containsKey(name)) {
            return Optional.ofNullable(values.get(name)).filter(all -> !all.contains(Value.UNKNOWN));
        }
        return outer.flatMap(scope -> scope.values(name));
    }

    /** Returns whether a name stands for an exception that was caught. */
    boolean isException(String name) {
        return groovyNames.containsKey(name)
                ? exceptions.contains(name)
                : outer.isPresent() && outer.get().isException(name);
    }

    /** Returns a name for a variable of the scenario's own, like this one, that is free till it is released. */
    String take(String like) {
        var name = like;
        while (binds(name) || hasLocal(name)) {
            name += "_";
        }
        locals.add(name);
        return name;
    }

    void release(String taken) {
        locals.remove(taken);
    }

    private String name(String python) {
        return groovyNames.computeIfAbsent(python, each -> {
            var name = GroovyNames.variable(each);
            // Groovy lets no closure declare what is declared around it.
            while (seesOuterLocals && outer.orElseThrow().hasLocal(name)) {
                name += "_";
            }
            // The variables of a script are not declared, so that they stand in nobody's way.
            if (outer.isPresent() || isLoopVariable(python)) {
                locals.add(name);
            }
            return name;
        });
    }

    private boolean hasLocal(String groovyName) {
        return locals.contains(groovyName)
                || seesOuterLocals && outer.orElseThrow().hasLocal(groovyName);
    }

    private void findMethods(List<Statement> body) {
        for (var statement : body) {
            if (statement instanceof Function function && !values.containsKey(function.name())) {
                methods.add(function);
            }
        }
    }

    private void read(List<Statement> statements) {
        for (var statement : statements) {
            if (statement instanceof Assignment assignment) {
                assignment.targets().forEach(target -> read(target, assignment.value()));
            } else if (statement instanceof Augmented augmented && augmented.target() instanceof Name name) {
                add(name.id(), new Value(new Expression.Binary(augmented.operator(), name, augmented.value()), false));
            } else if (statement instanceof For loop) {
                FreeNames.targets(loop.target())
                        .forEach(name -> add(
                                name,
                                loop.target() instanceof Name ? new Value(loop.iterable(), true) : Value.UNKNOWN));
            } else if (statement instanceof Function function) {
                if (functions.putIfAbsent(function.name(), function) != null) {
                    // Of two that have one name either may be meant.
                    add(function.name(), Value.UNKNOWN);
                }
                FreeNames.outer(function.body()).forEach(name -> add(name, Value.UNKNOWN));
            } else if (statement instanceof Try attempt) {
                attempt.handlers().forEach(handler -> exceptions.add(handler.name()));
            }
            statement.blocks().forEach(this::read);
        }
    }

    private void read(Expression target, Expression value) {
        if (target instanceof Name name) {
            add(name.id(), new Value(value, false));
        } else if (target instanceof Sequence several) {
            for (int i = 0; i < several.items().size(); i++) {
                read(several.items().get(i), new Subscript(value, new Number(String.valueOf(i))));
            }
        } else {
            FreeNames.targets(target).forEach(name -> add(name, Value.UNKNOWN));
        }
    }

    private void add(String name, Value value) {
        values.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
    }

    /**
     * What a name may stand for.
     *
     * @param isElement whether it is not the expression's value but one of those in it
     */
    record Value(Expression expression, boolean isElement) {
        private static final Value UNKNOWN = new Value(new Expression.Foreign("unknown"), false);
    }
}

package org.nixlab.convert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Statement.Import;
import org.nixlab.convert.Statement.Imported;

/** The modules of Python that a script uses, and Python's own functions. */
final class Imports {
    /** Modules of which there is something in scenarios; what else they have is named where it is used. */
    private static final Set<String> KNOWN = Set.of("re", "json", "time", "shlex", "typing");

    private final Map<String, String> paths = new HashMap<>();

    Imports(List<Statement> script) {
        read(script);
    }

    private void read(List<Statement> statements) {
        for (var statement : statements) {
            if (statement instanceof Import imported) {
                imported.names()
                        .forEach(each -> paths.put(
                                each.name(), each.path().startsWith(each.name() + ".") ? each.name() : each.path()));
            } else if (statement instanceof Statement.Function function) {
                read(function.body());
            }
            statement.blocks().forEach(this::read);
        }
    }

    static boolean isKnown(Imported imported) {
        return KNOWN.contains(imported.path().split("\\.")[0]);
    }

    /**
     * Returns the full name of a function, such as {@code json.loads} or {@code len}, if the expression means one of a
     * module or of Python itself.
     */
    Optional<String> path(Expression function, Scope scope) {
        if (function instanceof Name name) {
            if (scope.binds(name.id())) {
                return Optional.empty();
            }
            return Optional.of(paths.getOrDefault(name.id(), name.id()));
        }
        if (function instanceof Attribute attribute && isModule(attribute.object(), scope)) {
            return path(attribute.object(), scope).map(module -> module + "." + attribute.name());
        }
        return Optional.empty();
    }

    private boolean isModule(Expression object, Scope scope) {
        if (object instanceof Name name) {
            return !scope.binds(name.id()) && paths.containsKey(name.id());
        }
        return object instanceof Attribute attribute && isModule(attribute.object(), scope);
    }

    /** Returns whether a name is that of a module, or of something in it. */
    boolean has(String name) {
        return paths.containsKey(name);
    }
}

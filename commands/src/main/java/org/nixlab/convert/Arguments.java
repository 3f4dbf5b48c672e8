package org.nixlab.convert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.nixlab.convert.Expression.Argument;
import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Name;

/** The arguments of a call, by the names of the parameters they are for. */
final class Arguments {
    private final String function;
    private final Map<String, Expression> byName = new HashMap<>();

    private Arguments(String function) {
        this.function = function;
    }

    /**
     * @param parameters the names of those that are understood, in their order; behind a {@code *} those that are only
     *     given by name
     * @throws UnconvertibleException if there are others
     */
    static Arguments of(Call call, String... parameters) {
        var arguments = new Arguments(function(call));
        var known = Set.of(parameters);
        int at = 0;
        for (var argument : call.arguments()) {
            var name = argument.keyword();
            if (argument.isPositional()) {
                if (at == parameters.length || parameters[at].equals("*")) {
                    throw arguments.tooMany();
                }
                name = parameters[at++];
            }
            if (!known.contains(name) || name.equals("*")) {
                throw arguments.not(name);
            }
            arguments.byName.put(name, argument.value());
        }
        return arguments;
    }

    /** Returns what is called, for people. */
    static String function(Call call) {
        if (call.function() instanceof Attribute attribute) {
            return attribute.name();
        }
        return call.function() instanceof Name name ? name.id() : "this";
    }

    static List<Argument> positional(Call call) {
        return call.arguments().stream().filter(Argument::isPositional).toList();
    }

    Optional<Expression> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws UnconvertibleException if it is missing */
    Expression need(String name) {
        return get(name).orElseThrow(() -> new UnconvertibleException(function + "() without " + name));
    }

    /** @throws UnconvertibleException if it is there */
    Arguments without(String... names) {
        for (var name : names) {
            if (byName.containsKey(name)) {
                throw not(name);
            }
        }
        return this;
    }

    private UnconvertibleException not(String name) {
        return new UnconvertibleException(
                "'" + name + (name.startsWith("*") ? "" : "=") + "' of " + function + "() has no counterpart");
    }

    private UnconvertibleException tooMany() {
        return new UnconvertibleException("these arguments of " + function + "() have no counterpart");
    }
}

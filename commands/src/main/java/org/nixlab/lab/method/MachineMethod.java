package org.nixlab.lab.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.nixlab.lab.method.Parameter.Kind;

import static java.util.Objects.requireNonNull;

/**
 * A method of a machine, as scripts of all languages have it.
 *
 * @param name its name in camelCase
 * @param summary what it does, one line for people
 * @param parameters what it takes, those first that may stand without their names
 * @param body does it
 */
public record MachineMethod(String name, String summary, List<Parameter> parameters, Body body) {
    public MachineMethod {
        requireNonNull(name, "name");
        requireNonNull(summary, "summary");
        parameters = List.copyOf(parameters);
        requireNonNull(body, "body");
    }

    /** Does what a method is for. */
    @FunctionalInterface
    public interface Body {
        /**
         * @return plain data: texts, numbers, booleans, null, lists and maps of them; or a {@link org.nixlab.talk.Result}
         */
        Object call(MethodTarget machine, Arguments arguments);
    }

    /**
     * Calls it.
     *
     * @throws org.nixlab.base.LabException (usage) if it does not take these arguments; else as what it does
     */
    Object call(MethodTarget machine, List<?> positional, Map<String, ?> named) {
        return body.call(machine, Arguments.of(this, positional, named));
    }

    static Draft named(String name, String summary) {
        return new Draft(name, summary);
    }

    /** A method as the table writes it down. Confined to one thread. */
    static final class Draft {
        private final String name;
        private final String summary;
        private final List<Parameter> parameters = new ArrayList<>();

        private Draft(String name, String summary) {
            this.name = name;
            this.summary = summary;
        }

        Draft needs(String parameter, Kind kind) {
            parameters.add(new Parameter(parameter, kind, true, true));
            return this;
        }

        Draft takes(String parameter, Kind kind) {
            parameters.add(new Parameter(parameter, kind, false, true));
            return this;
        }

        /** It takes this by its name alone. */
        Draft option(String parameter, Kind kind) {
            parameters.add(new Parameter(parameter, kind, false, false));
            return this;
        }

        /** It has a limit of time, which the user may set. */
        Draft timed() {
            return option("timeout", Kind.TIME);
        }

        /** It runs a command: who does, where, with what. */
        Draft running() {
            return option("user", Kind.TEXT)
                    .option("dir", Kind.TEXT)
                    .option("env", Kind.MAP)
                    .option("stdin", Kind.INPUT);
        }

        MachineMethod does(Body body) {
            return new MachineMethod(name, summary, parameters, body);
        }
    }
}

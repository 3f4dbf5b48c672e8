package org.nixlab.lab.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.lab.method.Parameter.Kind;

import static java.util.Objects.requireNonNull;

/**
 * A method of a machine, as scripts of all languages have it.
 *
 * @param name its name in camelCase
 * @param summary what it does, one line for people
 * @param parameters what it takes; those that may stand without their names in that order
 * @param changes whether it starts or stops the machine
 * @param body does it
 */
public record MachineMethod(String name, String summary, List<Parameter> parameters, boolean changes, Body body) {
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

    /** Returns one of its parameters. */
    Parameter parameter(String called) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(called))
                .findFirst()
                .orElseThrow();
    }

    /** Returns what a call of it is about, one line for people: what it is given first. */
    String subject(List<?> positional, Map<String, ?> named) {
        var first = positional.isEmpty() && !parameters.isEmpty()
                ? named.get(parameters.get(0).name())
                : positional.isEmpty() ? null : positional.get(0);
        return first == null ? "" : first.toString().lines().findFirst().orElse("");
    }

    /** Returns the same under a name that the NixOS test driver has, or had. */
    MachineMethod alsoNamed(String other) {
        return new MachineMethod(other, "is another name of " + name, parameters, changes, body);
    }

    static Draft named(String name, String summary) {
        return new Draft(name, summary);
    }

    /** A method as the table writes it down. Confined to one thread. */
    static final class Draft {
        private final String name;
        private final String summary;
        private final List<Parameter> parameters = new ArrayList<>();
        private boolean changes;

        private Draft(String name, String summary) {
            this.name = name;
            this.summary = summary;
        }

        Draft needs(String parameter, Kind kind, String what) {
            return with(new Parameter(parameter, kind, true, true, Optional.empty(), what));
        }

        Draft takes(String parameter, Kind kind, String what) {
            return with(new Parameter(parameter, kind, false, true, Optional.empty(), what));
        }

        /** It takes this, and without it is as if it were given the standard. */
        Draft takes(String parameter, Kind kind, Object standard, String what) {
            return with(new Parameter(parameter, kind, false, true, Optional.of(standard), what));
        }

        /** It takes this by its name alone. */
        Draft option(String parameter, Kind kind, String what) {
            return with(new Parameter(parameter, kind, false, false, Optional.empty(), what));
        }

        /** It has a limit of time, which the user may set. */
        Draft timed() {
            return takes("timeout", Kind.TIME, "how long it may take");
        }

        /** It starts or stops the machine. */
        Draft changing() {
            changes = true;
            return this;
        }

        /** It runs a command: who does, where, with what. */
        Draft running() {
            return option("user", Kind.NAME, "who runs it, with a login's environment; else root")
                    .option("dir", Kind.TEXT, "its directory; else the user's home")
                    .option("env", Kind.MAP, "variables for it")
                    .option("stdin", Kind.INPUT, "what it reads; else nothing")
                    .option(
                            "strict",
                            Kind.FLAG,
                            "whether it ends where a part of it fails, as after set -euo pipefail");
        }

        private Draft with(Parameter parameter) {
            parameters.add(parameter);
            return this;
        }

        MachineMethod does(Body body) {
            return new MachineMethod(name, summary, parameters, changes, body);
        }
    }
}

package org.nixlab.lab.method;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.nixlab.base.LabException;
import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.talk.ShellSession;

/** Shells of machines that keep their state from one command to the next. What can be asked of them is asked by the table. */
public final class KeptShells {
    /** The methods of machines that such a shell has. */
    public static final Set<String> METHODS = Set.of("execute", "succeed", "fail");

    private static final MachineMethod OPENING = MachineMethod.named("shell", "opens a shell that keeps its state")
            .option("user", Kind.TEXT, "whose; else root's")
            .option("dir", Kind.TEXT, "where it begins; else the user's home")
            .option("env", Kind.MAP, "variables in it")
            .timed()
            .does((machine, arguments) -> machine.vm().shell(arguments.request(""), machine.deadline(arguments)));

    private KeptShells() {}

    /**
     * Opens one; the caller closes it.
     *
     * @param options {@code user}, {@code dir}, {@code env} and {@code timeout}
     * @throws LabException (usage) if there is another
     */
    public static ShellSession open(MethodTarget machine, Map<String, ?> options) {
        return (ShellSession) OPENING.call(machine, List.of(), options);
    }

    /**
     * Calls one of {@link #METHODS} in such a shell.
     *
     * @throws LabException (usage) if it is given what the shell has been given for good
     */
    public static Object call(
            MethodTarget machine, ShellSession session, String method, List<?> positional, Map<String, ?> named) {
        for (var name : named.keySet()) {
            if (!name.equals("timeout")) {
                throw LabException.input(
                        "'" + name + ":' is not for a single command of a kept shell",
                        "",
                        "give it to shell(), or use the shell's own words");
            }
        }
        return MachineMethods.call(machine.in(session), method, positional, named);
    }
}

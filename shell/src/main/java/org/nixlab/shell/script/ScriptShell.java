package org.nixlab.shell.script;

import org.nixlab.lab.method.CamelCase;
import org.nixlab.lab.method.KeptShells;
import org.nixlab.lab.system.Progress;
import org.nixlab.talk.ShellSession;

/** A shell of a machine that keeps its working directory, variables and functions, as scripts know it. */
public final class ScriptShell implements AutoCloseable {
    private final ScriptMachine machine;
    private final ShellSession session;

    ScriptShell(ScriptMachine machine, ShellSession session) {
        this.machine = machine;
        this.session = session;
    }

    /** Ends it. */
    @Override
    public void close() {
        session.close();
    }

    /** Called by Groovy for names that are none of the above. */
    public Object methodMissing(String method, Object arguments) {
        if (!KeptShells.METHODS.contains(CamelCase.of(method))) {
            return Members.callSnakeCase(this, method, (Object[]) arguments);
        }
        var call = TableCall.of(arguments);
        return KeptShells.call(machine.target(Progress.NONE), session, method, call.positional(), call.named());
    }

    @Override
    public String toString() {
        return "a shell of " + machine.getName();
    }
}

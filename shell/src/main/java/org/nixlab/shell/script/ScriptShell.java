package org.nixlab.shell.script;

import org.nixlab.command.Context;
import org.nixlab.lab.system.Progress;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellSession;

/** A shell of a machine that keeps its working directory, variables and functions, as scripts know it. */
public final class ScriptShell extends ScriptCommands implements AutoCloseable {
    private final Context context;
    private final String machine;
    private final ShellSession session;

    ScriptShell(Context context, String machine, ShellSession session) {
        this.context = context;
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
        return Members.callSnakeCase(this, method, (Object[]) arguments);
    }

    @Override
    public String toString() {
        return "a shell of " + machine;
    }

    @Override
    Result run(CallOptions options, Object command) {
        options.onlyTimeout();
        return session.execute(
                command.toString(), options.deadline(context.session().lab(Progress.NONE)));
    }
}

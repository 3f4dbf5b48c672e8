package org.nixlab.shell.script;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.command.Context;
import org.nixlab.lab.Lab;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Selector;

/** The lab as scripts know it. */
public final class ScriptLab {
    private final Context context;

    ScriptLab(Context context) {
        this.context = context;
    }

    public String getName() {
        return lab().name();
    }

    /** Returns the directory it lives in, as a text. */
    public String getDirectory() {
        return lab().directory().toString();
    }

    public List<ScriptMachine> getMachines() {
        var machines = new ArrayList<ScriptMachine>();
        getAll().forEach(machines::add);
        return machines;
    }

    public ScriptSelection getAll() {
        return select("all");
    }

    /** Returns the machines a selector chooses. */
    public ScriptSelection select(String selector) {
        return new ScriptSelection(context, new Selector(selector).select(lab().network()));
    }

    /** Returns a machine by its name: {@code lab['web-1']}. */
    public ScriptMachine getAt(String name) {
        return machine(name);
    }

    public ScriptMachine machine(String name) {
        var chosen = new Selector(name).select(lab().network());
        return new ScriptMachine(context, chosen.get(0).name());
    }

    public Object run(Object... arguments) {
        return Verbally.run("run", arguments, context);
    }

    public Object start(Object... arguments) {
        return Verbally.run("run", arguments, context);
    }

    public Object stop(Object... arguments) {
        return Verbally.run("stop", arguments, context);
    }

    public Object restart(Object... arguments) {
        return Verbally.run("restart", arguments, context);
    }

    public Object status(Object... arguments) {
        return Verbally.run("status", arguments, context);
    }

    @Override
    public String toString() {
        return lab().name() + " (" + lab().networkFile() + ")";
    }

    private Lab lab() {
        return context.session().lab(Progress.NONE);
    }
}

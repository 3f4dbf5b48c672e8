package org.nixlab.shell.script;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.lab.Lab;
import org.nixlab.model.Selector;

/** The lab as scripts know it. */
public final class ScriptLab {
    private final LabBinding binding;

    ScriptLab(LabBinding binding) {
        this.binding = binding;
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
        return new ScriptSelection(binding, new Selector(selector).select(lab().network()));
    }

    /** Returns a machine by its name: {@code lab['web-1']}, {@code lab['all']} if one is called so. */
    public ScriptMachine getAt(String name) {
        return machine(name);
    }

    public ScriptMachine machine(String name) {
        return new ScriptMachine(binding, Selector.one(name, lab().network()).name());
    }

    public Object run(Object... arguments) {
        return Verbally.run("run", arguments, binding.context());
    }

    public Object start(Object... arguments) {
        return Verbally.run("run", arguments, binding.context());
    }

    public Object stop(Object... arguments) {
        return Verbally.run("stop", arguments, binding.context());
    }

    public Object restart(Object... arguments) {
        return Verbally.run("restart", arguments, binding.context());
    }

    public Object status(Object... arguments) {
        return Verbally.run("status", arguments, binding.context());
    }

    @Override
    public String toString() {
        return lab().name() + " (" + lab().request().file() + ")";
    }

    private Lab lab() {
        return binding.context().lab();
    }
}

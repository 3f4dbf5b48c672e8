package org.nixlab.shell.script;

import java.util.Iterator;
import java.util.List;

import groovy.lang.MissingMethodException;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.nixlab.lab.method.CamelCase;
import org.nixlab.lab.system.EachMachine;
import org.nixlab.model.Machine;

/** Several machines as one: a method of a machine called on it runs on all at once and gives a list. */
public final class ScriptSelection implements Iterable<ScriptMachine> {
    private final LabBinding binding;
    private final List<Machine> machines;

    ScriptSelection(LabBinding binding, List<Machine> machines) {
        this.binding = binding;
        this.machines = List.copyOf(machines);
    }

    @Override
    public Iterator<ScriptMachine> iterator() {
        return machines.stream().map(this::machine).iterator();
    }

    public int size() {
        return machines.size();
    }

    /** Called by Groovy for every method of a machine. */
    public Object methodMissing(String method, Object arguments) {
        var values = (Object[]) arguments;
        if (machines.isEmpty() || !Members.ofMachine(CamelCase.of(method))) {
            throw new MissingMethodException(method, ScriptSelection.class, values);
        }
        return EachMachine.values(EachMachine.attempt(
                machines, machine -> InvokerHelper.invokeMethod(machine(machine), CamelCase.of(method), values)));
    }

    @Override
    public String toString() {
        return String.join(",", machines.stream().map(Machine::name).toList());
    }

    private ScriptMachine machine(Machine machine) {
        return new ScriptMachine(binding, machine.name());
    }
}

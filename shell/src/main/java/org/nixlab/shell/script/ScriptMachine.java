package org.nixlab.shell.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.nixlab.command.display.LateProgress;
import org.nixlab.lab.Lab;
import org.nixlab.lab.method.MachineMethods;
import org.nixlab.lab.method.MethodTarget;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Vm;

/**
 * A machine as scripts know it. All methods that talk to the guest take the options of {@link CallOptions} and end by
 * their deadline. Every name is accepted in snake_case, too.
 */
public final class ScriptMachine {
    private final LabBinding binding;
    private final String name;

    ScriptMachine(LabBinding binding, String name) {
        this.binding = binding;
        this.name = name;
    }

    public String getName() {
        return name;
    }

    /** Returns its first VLAN address, or an empty text. */
    public String getAddress() {
        return vm().declared().address();
    }

    /** Returns how it is, as {@code status} shows it. */
    public MachineStatus getStatus() {
        return vm().status(new CallOptions(Map.of()).deadline(lab()));
    }

    /** Opens a shell that keeps its state; {@code user:}, {@code dir:} and {@code env:} are its. */
    public ScriptShell shell(Map<String, ?> options) {
        var given = new CallOptions(options);
        return new ScriptShell(binding.context(), name, vm().shell(given.request(""), given.deadline(lab())));
    }

    public ScriptShell shell() {
        return shell(Map.of());
    }

    /** Called by Groovy for names that are none of the above: those of the table of methods. */
    public Object methodMissing(String method, Object arguments) {
        var given = List.of((Object[]) arguments);
        if (MachineMethods.of(method).isEmpty()) {
            return Members.callSnakeCase(this, method, (Object[]) arguments);
        }
        boolean hasNamed = !given.isEmpty() && given.get(0) instanceof Map;
        var named = new LinkedHashMap<String, Object>();
        if (hasNamed) {
            ((Map<?, ?>) given.get(0)).forEach((key, value) -> named.put(key.toString(), value));
        }
        try (var progress = new LateProgress(binding.context().display())) {
            var target = new MethodTarget(this::lab, name, progress, binding.run());
            return MachineMethods.call(target, method, given.subList(hasNamed ? 1 : 0, given.size()), named);
        }
    }

    @Override
    public String toString() {
        return name + " (" + vm().phase().word() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScriptMachine machine && machine.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    private Lab lab() {
        return binding.context().session().lab(Progress.NONE);
    }

    private Vm vm() {
        return lab().machine(name);
    }
}

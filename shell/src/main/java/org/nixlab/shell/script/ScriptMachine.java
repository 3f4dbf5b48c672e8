package org.nixlab.shell.script;

import java.util.Map;

import org.nixlab.base.Deadline;
import org.nixlab.command.display.LateProgress;
import org.nixlab.lab.Lab;
import org.nixlab.lab.method.KeptShells;
import org.nixlab.lab.method.MachineMethods;
import org.nixlab.lab.method.MethodTarget;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Vm;

/** A machine as scripts know it: the table of methods, and what is no plain data. Every name is accepted in snake_case, too. */
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
        return vm().status(Deadline.in(lab().defaultTimeout(Lab.TimedWork.SCRIPT)));
    }

    /** Opens a shell that keeps its state; {@code user:}, {@code dir:} and {@code env:} are its. */
    public ScriptShell shell(Map<String, ?> options) {
        return new ScriptShell(this, KeptShells.open(target(Progress.NONE), options));
    }

    public ScriptShell shell() {
        return shell(Map.of());
    }

    /** Called by Groovy for names that are none of the above: those of the table of methods. */
    public Object methodMissing(String method, Object arguments) {
        var known = MachineMethods.of(method);
        if (known.isEmpty()) {
            return Members.callSnakeCase(this, method, (Object[]) arguments);
        }
        var call = TableCall.of(arguments);
        try (var progress = new LateProgress(binding.context().display())) {
            if (known.get().changes()) {
                binding.context().labToChange(progress);
            }
            return MachineMethods.call(target(progress), method, call.positional(), call.named());
        }
    }

    MethodTarget target(Progress progress) {
        return new MethodTarget(this::lab, name, progress, binding.run());
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
        return binding.context().lab();
    }

    private Vm vm() {
        return lab().machine(name);
    }
}

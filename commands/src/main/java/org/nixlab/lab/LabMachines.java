package org.nixlab.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.nixlab.base.Closer;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.machine.qemu.QemuVm;
import org.nixlab.model.Machine;

import static java.util.Objects.requireNonNull;

/** The machines of a lab with this process's channels into them. Safe for use by many threads. */
final class LabMachines implements AutoCloseable {
    private final LabDirectory directory;
    private final String terminalType;
    private final Map<String, QemuVm> vms = new HashMap<>(); // guarded by itself

    /** @param terminalType value of {@code TERM} in terminals of the guests */
    LabMachines(LabDirectory directory, String terminalType) {
        this.directory = requireNonNull(directory, "directory");
        this.terminalType = requireNonNull(terminalType, "terminalType");
    }

    /** Returns a machine; the same one until it is declared otherwise, or the lab's state is elsewhere. */
    QemuVm vm(Machine machine) {
        synchronized (vms) {
            var known = vms.get(machine.name());
            var place = directory.machine(machine.name());
            if (known != null
                    && known.declared().equals(machine)
                    && known.directory().equals(place)) {
                return known;
            }
            var fresh = new QemuVm(machine, place, terminalType);
            var before = vms.put(machine.name(), fresh);
            if (before != null) {
                before.close();
            }
            return fresh;
        }
    }

    /** Returns those that run with another configuration than they are declared with. */
    List<Machine> outdated(List<Machine> machines) {
        return machines.stream().filter(machine -> vm(machine).isOutdated()).toList();
    }

    /** Lets go of them; those that run go on. */
    @Override
    public void close() {
        var closer = new Closer();
        synchronized (vms) {
            vms.values().forEach(closer::register);
            vms.clear();
        }
        closer.close();
    }
}

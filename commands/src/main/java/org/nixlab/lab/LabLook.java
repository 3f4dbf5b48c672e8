package org.nixlab.lab;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.state.LoadedNetwork;
import org.nixlab.lab.state.Undeclared;
import org.nixlab.lab.system.EachMachine;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.model.Machine;

/** How the machines of a lab are seen, from inside and outside. */
record LabLook(LoadedNetwork loaded, LabMachines machines, Undeclared undeclared, Soundness soundness) {
    List<MachineStatus> at(List<Machine> chosen, Deadline deadline) {
        return EachMachine.apply("asked", chosen, machine -> {
            var vm = machines.vm(machine);
            return soundness.told(vm, vm.status(deadline));
        });
    }

    /** Returns all that run or are declared. */
    List<MachineStatus> atAll(Deadline deadline) {
        var network = loaded.network();
        var all = new ArrayList<>(at(network.machines(), deadline));
        all.addAll(undeclared.status(network, loaded.file().getFileName().toString()));
        return all;
    }

    /**
     * Looks at machines that were brought up, and says what is not as it should be.
     *
     * @throws LabException (host) if one is cut off from a switch, or has failed units
     */
    List<MachineStatus> check(List<Machine> chosen, Progress progress, Deadline deadline) {
        var found = at(chosen, deadline);
        soundness.check(chosen.stream().map(machines::vm).toList(), found, progress);
        return found;
    }

    /** Returns what is seen of machines from outside. */
    List<MachineStatus> glance(List<Machine> chosen) {
        return chosen.stream().map(machine -> machines.vm(machine).glance()).toList();
    }

    /** Says which of some machines are not what they are declared to be, and what runs undeclared. */
    void noteOutdated(List<Machine> chosen, Progress progress) {
        machines.outdated(chosen).forEach(machine -> progress.note(isOutdated(machine)));
        undeclared
                .names(loaded.network())
                .forEach(name -> progress.note(name + " still runs, but is no longer in "
                        + loaded.file().getFileName() + "; 'stop' stops it with the others"));
    }

    static String isOutdated(Machine machine) {
        return machine.name() + " runs an older configuration; 'restart " + machine.name() + "' takes the new one";
    }
}

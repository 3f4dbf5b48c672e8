package org.nixlab.lab.state;

import java.util.List;
import java.util.function.Consumer;

import org.nixlab.base.Deadline;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.qemu.VmEnd;
import org.nixlab.model.Machine;
import org.nixlab.model.Network;

import static java.util.Objects.requireNonNull;

/** The machines that still run although the network file no longer has them, as after one was renamed. */
public final class Undeclared {
    private final LabDirectory directory;

    public Undeclared(LabDirectory directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    /** Returns what is seen of them from outside. */
    public List<MachineStatus> status(Network network, String networkFile) {
        return names(network).stream()
                .map(name -> end(name).status("no longer in " + networkFile + "; 'stop' stops it with the others"))
                .toList();
    }

    public void stop(Network network, Consumer<String> log, Consumer<String> stopped, Deadline deadline) {
        names(network).forEach(name -> {
            end(name).stop(log, deadline);
            stopped.accept(name);
        });
    }

    public void kill(Network network, Consumer<String> killed, Deadline deadline) {
        names(network).forEach(name -> {
            end(name).kill(deadline);
            killed.accept(name);
        });
    }

    public List<String> names(Network network) {
        var declared = network.machines().stream().map(Machine::name).toList();
        return directory.machines().stream()
                .filter(name -> !declared.contains(name) && end(name).isRunning())
                .toList();
    }

    /** Returns whether no machine of the lab runs, declared or not. */
    public boolean noneRuns() {
        return directory.machines().stream().noneMatch(name -> end(name).isRunning());
    }

    private VmEnd end(String name) {
        return VmEnd.of(name, directory.machine(name));
    }
}

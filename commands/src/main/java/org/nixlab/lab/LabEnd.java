package org.nixlab.lab;

import java.time.Duration;
import java.util.ArrayList;

import org.nixlab.base.Deadline;
import org.nixlab.lab.entrance.LabEntrances;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.machine.qemu.VmEnd;
import org.nixlab.machine.start.QemuArguments;
import org.nixlab.net.VlanSwitch;
import org.nixlab.process.Daemon;
import org.nixlab.process.RunningPrograms;

/** Pulls the plug on a whole lab at once: its machines, switches and relay, and what they started. */
final class LabEnd {
    private LabEnd() {}

    /**
     * Ends all that a lab runs, whether that was noted or not, and removes its runtime directory. Its state stays.
     *
     * @throws org.nixlab.base.DeadlineException if something has not ended by the deadline
     */
    static void now(LabDirectory directory, Deadline deadline) {
        var names = directory.machines();
        var machines = names.stream()
                .map(name -> VmEnd.of(name, directory.machine(name)))
                .toList();
        var ended = machines.stream().filter(machine -> !machine.isRunning()).toList();
        var entrances = new LabEntrances(directory, machine -> "");
        var runtime = directory.runtime();
        var noted = new ArrayList<Daemon>();
        machines.forEach(machine -> machine.qemu().ifPresent(noted::add));
        VlanSwitch.allIn(runtime).forEach(vlan -> vlan.noted().ifPresent(noted::add));
        entrances.relayProcess().ifPresent(noted::add);
        var relay = entrances.relayWords();
        // The note of a program may be lost, or was never written.
        RunningPrograms.kill(
                noted,
                words -> QemuArguments.areFor(runtime, words)
                        || VlanSwitch.isStartedIn(runtime, words)
                        || relay.test(words),
                deadline);
        ended.forEach(machine -> machine.endHelpers(Deadline.in(Duration.ZERO)));
        names.forEach(entrances::removeLink);
        directory.deleteRuntime();
    }
}

package org.nixlab.lab;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.nixlab.base.Deadline;
import org.nixlab.net.VlanSwitch;
import org.nixlab.process.Daemon;

/**
 * The switches of a lab, one per VLAN.
 *
 * @param directory the lab's runtime directory, as it is when asked: it is another when the lab's state was removed
 */
record Switches(Supplier<Path> directory) {
    /** Starts the switches that do not run yet, and returns the control socket of each VLAN. */
    Map<Integer, Path> start(Collection<Integer> vlans, Deadline deadline) {
        var sockets = new HashMap<Integer, Path>();
        for (int vlan : vlans) {
            var vlanSwitch = new VlanSwitch(vlan, directory.get());
            vlanSwitch.start(deadline);
            sockets.put(vlan, vlanSwitch.socket());
        }
        return sockets;
    }

    /**
     * Returns those of a machine's VLANs that it is cut off from: the switch it joined has ended. Another one that took its
     * place was started after the machine; QEMU's connection to a switch cannot be made anew.
     *
     * @param qemu the machine's process
     */
    List<Integer> cutOff(Collection<Integer> vlans, Daemon qemu) {
        return vlans.stream()
                .distinct()
                .filter(vlan -> isCutOff(new VlanSwitch(vlan, directory.get()).process(), qemu))
                .toList();
    }

    private static boolean isCutOff(Optional<Daemon> running, Daemon qemu) {
        return running.filter(process -> process.startTicks() <= qemu.startTicks())
                .isEmpty();
    }

    /** Ends them all. VLANs that an earlier version of the network had are among them. */
    void stop() {
        VlanSwitch.allIn(directory.get()).forEach(VlanSwitch::stop);
    }
}

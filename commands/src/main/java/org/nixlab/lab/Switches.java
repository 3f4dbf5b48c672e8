package org.nixlab.lab;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.nixlab.base.Deadline;
import org.nixlab.net.VlanSwitch;

import static java.util.Objects.requireNonNull;

/** The switches of a lab, one per VLAN. */
final class Switches {
    private final Path directory;

    /** @param directory the lab's runtime directory */
    Switches(Path directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    /** Starts the switches that do not run yet, and returns the control socket of each VLAN. */
    Map<Integer, Path> start(Collection<Integer> vlans, Deadline deadline) {
        var sockets = new HashMap<Integer, Path>();
        for (int vlan : vlans) {
            var vlanSwitch = new VlanSwitch(vlan, directory);
            vlanSwitch.start(deadline);
            sockets.put(vlan, vlanSwitch.socket());
        }
        return sockets;
    }

    /** Ends them all. VLANs that an earlier version of the network had are among them. */
    void stop() {
        VlanSwitch.allIn(directory).forEach(VlanSwitch::stop);
    }
}

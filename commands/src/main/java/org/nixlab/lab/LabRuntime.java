package org.nixlab.lab;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

import org.nixlab.base.Deadline;
import org.nixlab.lab.entrance.LabEntrances;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.state.Undeclared;

/** What is there of a lab while any of its machines runs: the directory of sockets, switches, and the relay. */
record LabRuntime(LabDirectory directory, Switches switches, LabEntrances entrances, Undeclared undeclared) {
    /** Makes what is not there yet, and returns the control socket of each VLAN's switch. */
    Map<Integer, Path> start(Collection<Integer> vlans, Deadline deadline) {
        directory.makeRuntime();
        return switches.start(vlans, deadline);
    }

    /** Ends it all if no machine runs any more. */
    void tidy() {
        if (undeclared.noneRuns()) {
            switches.stop();
            entrances.close();
            directory.deleteRuntime();
        }
    }
}

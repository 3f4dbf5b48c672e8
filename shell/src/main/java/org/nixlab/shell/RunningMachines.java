package org.nixlab.shell;

import java.util.List;
import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.lab.Lab;
import org.nixlab.machine.Phase;
import org.nixlab.model.Machine;

/** Which machines of a lab run. Never waits for a guest. */
final class RunningMachines {
    private RunningMachines() {}

    static List<String> in(Lab lab) {
        return lab.network().machines().stream()
                .map(Machine::name)
                .filter(name -> isUp(lab.machine(name).phase()))
                .toList();
    }

    private static boolean isUp(Phase phase) {
        return phase != Phase.STOPPED && phase != Phase.BUILDING && phase != Phase.FAILED;
    }

    /** Returns what to tell someone who leaves a lab, if machines of it go on. */
    static Optional<String> farewell(Lab lab) {
        try {
            var up = in(lab);
            return up.isEmpty()
                    ? Optional.empty()
                    : Optional.of(lab.name() + " stays up (" + String.join(" ", up) + "): 'nixlab' in "
                            + lab.directory() + " comes back to it, 'nixlab stop' ends it");
        } catch (LabException e) {
            return Optional.empty();
        }
    }
}

package org.nixlab.lab.method;

import java.util.List;

import org.nixlab.lab.Lab;

/** A machine as a whole: on, off, and what it was declared to be. */
final class PowerMethods {
    private PowerMethods() {}

    static List<MachineMethod> all() {
        return List.of(
                MachineMethod.named("stop", "shuts it down cleanly, in the end by force")
                        .timed()
                        .does((machine, arguments) -> {
                            var lab = machine.lab().get();
                            var deadline = machine.deadline(arguments, Lab.TimedWork.STOP);
                            lab.stop(machine.selector(), machine.progress(), deadline);
                            return null;
                        }),
                MachineMethod.named("kill", "pulls the plug").timed().does((machine, arguments) -> {
                    var deadline = machine.deadline(arguments, Lab.TimedWork.STOP);
                    machine.lab().get().kill(machine.selector(), deadline);
                    return null;
                }));
    }
}

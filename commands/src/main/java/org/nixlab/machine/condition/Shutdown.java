package org.nixlab.machine.condition;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.machine.Phase;
import org.nixlab.machine.Vm;

/** The end of a machine, brought about from inside or by somebody else. */
public final class Shutdown {
    private Shutdown() {}

    /**
     * Waits until a machine has shut down.
     *
     * @throws org.nixlab.base.LabException (host) if it ends or panics without having shut down; it says why
     */
    public static void await(Vm vm, Deadline deadline) {
        var panic = new PanicLook(vm);
        var over = new Condition(
                        vm.declared().name() + " to shut down",
                        () -> {
                            var phase = vm.phase();
                            if (phase != Phase.STOPPED) {
                                panic.requireSound();
                            }
                            return new Observation(phase == Phase.STOPPED, "it is " + phase.word());
                        },
                        "stop " + vm.declared().name() + " shuts it down")
                .explainedBy(() -> ConsoleEnd.of(vm));
        Await.host().until(over, deadline);
    }
}

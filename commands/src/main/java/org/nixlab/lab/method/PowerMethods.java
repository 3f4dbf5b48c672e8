package org.nixlab.lab.method;

import java.util.List;

import org.nixlab.lab.Lab;
import org.nixlab.lab.Lab.RunRequest;
import org.nixlab.lab.Lab.Until;
import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.machine.Phase;
import org.nixlab.machine.condition.Shutdown;
import org.nixlab.machine.condition.UnitConditions;

/** A machine as a whole: on and off. */
final class PowerMethods {
    private PowerMethods() {}

    static List<MachineMethod> all() {
        var stop = MachineMethod.named("stop", "shuts it down cleanly, in the end by force")
                .changing()
                .timed()
                .does((machine, arguments) -> {
                    var deadline = machine.deadline(arguments, Lab.TimedWork.STOP);
                    machine.lab().get().stop(machine.selector(), machine.progress(), deadline);
                    return null;
                });
        var kill = MachineMethod.named("kill", "pulls the plug")
                .changing()
                .timed()
                .does((machine, arguments) -> {
                    machine.lab().get().kill(machine.selector(), machine.deadline(arguments, Lab.TimedWork.STOP));
                    return null;
                });
        return List.of(
                MachineMethod.named("start", "starts it unless it runs, and waits until it is ready")
                        .takes("allowReboot", Kind.FLAG, true, "if false, it ends where its guest reboots")
                        .takes("wait", Kind.FLAG, true, "if false, what is asked next waits for its guest")
                        .changing()
                        .timed()
                        .does(PowerMethods::start),
                MachineMethod.named(
                                "connect",
                                "starts it unless it runs, and waits until its root shell answers and its basic system"
                                        + " is there")
                        .changing()
                        .timed()
                        .does((machine, arguments) -> {
                            run(machine, arguments, Until.BACKDOOR);
                            machine.await(UnitConditions::basicSystem, arguments);
                            return null;
                        }),
                stop,
                stop.alsoNamed("shutdown"),
                kill,
                kill.alsoNamed("crash"),
                MachineMethod.named("reboot", "restarts its guest cleanly; what is asked next waits for the new boot")
                        .timed()
                        .does((machine, arguments) -> {
                            machine.vm().reboot(machine.deadline(arguments));
                            return null;
                        }),
                MachineMethod.named("waitForShutdown", "waits until it has shut down by itself")
                        .timed()
                        .does((machine, arguments) -> {
                            Shutdown.await(machine.vm(), machine.deadline(arguments));
                            return null;
                        }),
                MachineMethod.named("isUp", "tells whether it runs and its root shell has answered")
                        .does((machine, arguments) -> {
                            var phase = machine.vm().phase();
                            return phase == Phase.BACKDOOR || phase == Phase.READY;
                        }));
    }

    private static Object start(MethodTarget machine, Arguments arguments) {
        if (machine.vm().phase() != Phase.READY) {
            run(machine, arguments, arguments.flag("wait") ? Until.READY : Until.STARTED);
        }
        if (!arguments.flag("allowReboot")) {
            machine.vm().monitor().endAtReboot(machine.deadline(arguments));
        }
        return null;
    }

    private static Object run(MethodTarget machine, Arguments arguments, Until until) {
        var deadline = machine.deadline(arguments, Lab.TimedWork.RUN);
        machine.lab().get().run(machine.selector(), RunRequest.until(until), machine.progress(), deadline);
        return null;
    }
}

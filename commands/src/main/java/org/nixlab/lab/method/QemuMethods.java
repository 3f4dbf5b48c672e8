package org.nixlab.lab.method;

import java.util.List;

import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.machine.QmpRequest;
import org.nixlab.machine.condition.QemuEvents;

/** QEMU's monitors, and what QEMU reports by itself. */
final class QemuMethods {
    private QemuMethods() {}

    static List<MachineMethod> all() {
        var hmp = MachineMethod.named("hmp", "runs a line of QEMU's monitor for people, and gives what it prints")
                .needs("command", Kind.TEXT, "the line, such as 'info block'")
                .timed()
                .does((machine, arguments) ->
                        machine.vm().monitor().hmp(arguments.needText("command"), machine.deadline(arguments)));
        return List.of(
                MachineMethod.named("qmp", "runs a command of QEMU's machine protocol, and gives what it returns")
                        .needs("request", Kind.DATA, "its name; its name, a blank and JSON; or the whole request")
                        .option("arguments", Kind.MAP, "its arguments, if there is but its name")
                        .timed()
                        .does((machine, arguments) -> machine.vm()
                                .monitor()
                                .qmp(
                                        QmpRequest.text(arguments.data("request"), arguments.map("arguments")),
                                        machine.deadline(arguments))),
                hmp,
                hmp.alsoNamed("sendMonitorCommand"),
                MachineMethod.named(
                                "qmpEvents",
                                "gives the events that QEMU has reported since it was started, and how many")
                        .takes("from", Kind.INTEGER, 0, "how many to leave out")
                        .does((machine, arguments) -> QemuEvents.all(machine.vm(), arguments.needInteger("from"))),
                MachineMethod.named("waitForQmpEvent", "waits for the next event that QEMU reports, and gives it")
                        .takes("eventFilter", Kind.TEXT, "its name, such as POWERDOWN; any without one")
                        .option("data", Kind.MAP, "what its data must have")
                        .timed()
                        .does((machine, arguments) -> new QemuEvents(
                                        machine.vm(), arguments.text("eventFilter"), arguments.map("data"))
                                .next(machine.deadline(arguments))));
    }
}

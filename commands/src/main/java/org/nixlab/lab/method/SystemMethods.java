package org.nixlab.lab.method;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.nixlab.base.LabException;
import org.nixlab.lab.Lab;
import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.machine.JournalRecord;
import org.nixlab.model.option.AttributePath;

/** What a machine was declared to be and how it is, what it writes down, and the ways in. */
final class SystemMethods {
    /** How many sets deep a configuration is told. */
    private static final int DEPTH = 8;

    private SystemMethods() {}

    static List<MachineMethod> all() {
        return List.of(
                MachineMethod.named("config", "gives a part of its evaluated configuration, as plain data")
                        .needs("path", Kind.TEXT, "the path, such as services.httpd.enable")
                        .timed()
                        .does(SystemMethods::config),
                MachineMethod.named(
                                "status",
                                "gives how it is: phase, address, uptime in seconds, memory in MiB, failed" + " units")
                        .timed()
                        .does(SystemMethods::status),
                MachineMethod.named(
                                "journal",
                                "gives messages of its journal since it booted: time, unit, identifier,"
                                        + " pid, priority, message")
                        .takes("unit", Kind.TEXT, "only those of this unit")
                        .takes("lines", Kind.INTEGER, "only the last so many")
                        .takes("since", Kind.TEXT, "only from this time on, such as -5min")
                        .takes("priority", Kind.TEXT, "only those at least as urgent, such as err or 3")
                        .timed()
                        .does((machine, arguments) -> JournalRecord.read(
                                        machine.vm(),
                                        new JournalRecord.Query(
                                                arguments.text("unit"),
                                                arguments.integer("lines"),
                                                arguments.text("since"),
                                                arguments.text("priority")),
                                        machine.deadline(arguments))
                                .stream()
                                .map(JournalRecord::data)
                                .toList()),
                MachineMethod.named(
                                "sshBackdoorCommand",
                                "lets ssh clients of this host in, and gives a command that logs" + " in as root")
                        .timed()
                        .does(SystemMethods::ssh),
                refused("switchRoot", "has no shell in its initial RAM disk", "its root shell is there behind that"),
                refused("shellInteract", "gives scripts no terminal", "`nixlab attach` opens one while it runs"),
                refused(
                        "consoleInteract",
                        "gives scripts no terminal",
                        "`nixlab attach --console` opens one while it runs"));
    }

    private static MachineMethod refused(String name, String what, String instead) {
        return MachineMethod.named(name, "is not there: a machine " + what + "; " + instead)
                .takes("address", Kind.TEXT, "is not used")
                .does((machine, arguments) -> {
                    throw LabException.input(name + ": a machine " + what, "", instead);
                });
    }

    private static Object config(MethodTarget machine, Arguments arguments) {
        return machine.lab()
                .get()
                .configuration(
                        machine.name(),
                        AttributePath.parse(arguments.needText("path")),
                        DEPTH,
                        machine.progress(),
                        machine.deadline(arguments));
    }

    private static Map<String, Object> status(MethodTarget machine, Arguments arguments) {
        var status = machine.vm().status(machine.deadline(arguments, Lab.TimedWork.LOOK));
        var data = new LinkedHashMap<String, Object>();
        data.put("name", status.name());
        data.put("phase", status.phase().word());
        data.put("system", status.system());
        data.put("address", status.address());
        data.put("uptime", status.uptime().map(time -> time.toMillis() / 1000.0).orElse(null));
        data.put("memory", status.memoryMiB());
        data.put("failedUnits", status.failedUnits());
        data.put("detail", status.detail());
        return data;
    }

    private static String ssh(MethodTarget machine, Arguments arguments) {
        var host = machine.lab()
                .get()
                .ssh(machine.selector(), machine.deadline(arguments))
                .get(0);
        return "ssh -p " + host.port() + " -i '" + host.identity() + "' -o IdentitiesOnly=yes -o HostKeyAlias="
                + host.names().get(0) + " -o UserKnownHostsFile='" + host.knownHosts() + "' root@127.0.0.1";
    }
}

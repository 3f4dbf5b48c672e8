package org.nixlab.lab.method;

import java.util.List;

import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.machine.condition.Systemd;
import org.nixlab.machine.condition.UnitConditions;
import org.nixlab.machine.condition.Units;
import org.nixlab.talk.Result;

/** Units of systemd, the system's and those of users. */
final class UnitMethods {
    private static final String USER = "whose systemd is meant; else the system's";

    private UnitMethods() {}

    static List<MachineMethod> all() {
        return List.of(
                unit(
                                "waitForUnit",
                                "waits until a unit is active; fails at once if it failed or nothing would start it")
                        .takes("user", Kind.NAME, USER)
                        .timed()
                        .does((machine, arguments) -> {
                            machine.await(
                                    look -> new UnitConditions(look, arguments.text("user"))
                                            .active(arguments.needText("unit")),
                                    arguments);
                            return null;
                        }),
                unit("requireUnitState", "fails if a unit is in another state at this moment")
                        .takes("requireState", Kind.TEXT, "active", "the state, such as inactive or failed")
                        .takes("user", Kind.NAME, USER)
                        .timed()
                        .does((machine, arguments) -> {
                            units(machine, arguments)
                                    .requireState(
                                            arguments.needText("unit"),
                                            arguments.needText("requireState"),
                                            machine.deadline(arguments));
                            return null;
                        }),
                unit("getUnitInfo", "gives all properties of a unit, by their names")
                        .takes("user", Kind.NAME, USER)
                        .timed()
                        .does((machine, arguments) -> units(machine, arguments)
                                .info(arguments.needText("unit"), machine.deadline(arguments))),
                unit("getUnitProperty", "gives one property of a unit")
                        .needs("property", Kind.TEXT, "its name, such as ActiveState")
                        .takes("user", Kind.NAME, USER)
                        .timed()
                        .does((machine, arguments) -> units(machine, arguments)
                                .property(
                                        arguments.needText("unit"),
                                        arguments.needText("property"),
                                        machine.deadline(arguments))),
                job("startJob", "starts a unit and gives systemctl's result, also if that fails")
                        .does((machine, arguments) -> job("start", machine, arguments)),
                job("stopJob", "stops a unit and gives systemctl's result, also if that fails")
                        .does((machine, arguments) -> job("stop", machine, arguments)),
                MachineMethod.named("systemctl", "runs systemctl and gives its result, also if that fails")
                        .needs("q", Kind.TEXT, "its arguments, as for a shell")
                        .takes("user", Kind.NAME, USER)
                        .timed()
                        .does((machine, arguments) -> machine.vm()
                                .execute(
                                        new Systemd(arguments.text("user")).systemctl(arguments.needText("q")),
                                        machine.deadline(arguments))));
    }

    private static MachineMethod.Draft unit(String name, String summary) {
        return MachineMethod.named(name, summary).needs("unit", Kind.TEXT, "its name; without a type a service");
    }

    private static MachineMethod.Draft job(String name, String summary) {
        return MachineMethod.named(name, summary)
                .needs("jobname", Kind.TEXT, "a unit's name; without a type a service")
                .takes("user", Kind.NAME, USER)
                .timed();
    }

    private static Units units(MethodTarget machine, Arguments arguments) {
        return new Units(machine.vm(), arguments.text("user"));
    }

    private static Result job(String verb, MethodTarget machine, Arguments arguments) {
        return machine.vm()
                .execute(
                        units(machine, arguments).job(verb, arguments.needText("jobname")),
                        machine.deadline(arguments));
    }
}

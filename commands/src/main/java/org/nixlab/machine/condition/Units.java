package org.nixlab.machine.condition;

import java.util.Map;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.machine.Vm;
import org.nixlab.talk.ExecRequest;

import static java.util.Objects.requireNonNull;

/** The units of a machine, or of one of its users, as they are now. */
public final class Units {
    private final Vm vm;
    private final Systemd systemd;

    /** @param user whose; the system's without one */
    public Units(Vm vm, Optional<String> user) {
        this.vm = requireNonNull(vm, "vm");
        this.systemd = new Systemd(user);
    }

    /**
     * Returns all properties of a unit; one that does not exist has some, too.
     *
     * @throws LabException (check) if systemd does not tell
     */
    public Map<String, String> info(String unit, Deadline deadline) {
        return UnitProperties.of(show("", unit, deadline));
    }

    /**
     * Returns one property of a unit.
     *
     * @throws LabException (check) if units of its kind have no such property
     */
    public String property(String unit, String property, Deadline deadline) {
        if (!property.matches("[A-Za-z0-9]+")) {
            throw LabException.input("'" + property + "' is no property of units", "", "for example ActiveState");
        }
        var shown = UnitProperties.of(show("-p " + property + " ", unit, deadline));
        if (!shown.containsKey(property)) {
            throw failure("unit " + unit + " has no property " + property, "");
        }
        return shown.get(property);
    }

    /** @throws LabException (check) if a unit is not in the state that is wanted at this moment */
    public void requireState(String unit, String wanted, Deadline deadline) {
        var state = property(unit, "ActiveState", deadline);
        if (!state.equals(wanted)) {
            throw failure(
                    "unit " + unit + " is " + state + ", not " + wanted,
                    "logs " + vm.declared().name() + " " + unit + " shows its journal");
        }
    }

    /** Returns what asks systemd for a job of a unit: {@code start}, {@code stop}. */
    public ExecRequest job(String verb, String unit) {
        return systemd.systemctl(verb + " " + UnitName.words(unit));
    }

    private String show(String properties, String unit, Deadline deadline) {
        var result = vm.execute(systemd.systemctl("show --no-pager " + properties + UnitName.words(unit)), deadline);
        if (!result.succeeded()) {
            throw failure(systemd.words() + " tells nothing of unit " + unit + ": " + LastLine.of(result), "");
        }
        return result.getOut();
    }

    private LabException failure(String what, String hint) {
        return new LabException(ExitCode.CHECK_FAILED, vm.declared().name() + ": " + what, "", hint);
    }
}

package org.nixlab.machine;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.talk.Result;

import static java.util.Objects.requireNonNull;

/** What one can wait for inside a guest, seen through commands. */
public final class GuestConditions {
    /** One look; a guest that answers more slowly is one that does not answer. */
    public static final Duration LOOK = Duration.ofSeconds(30);

    private final String machine;
    private final Function<String, Result> look;

    /** @param look runs a command in the guest */
    public GuestConditions(String machine, Function<String, Result> look) {
        this.machine = requireNonNull(machine, "machine");
        this.look = requireNonNull(look, "look");
    }

    /**
     * A unit is active. The look fails where waiting is pointless: the unit failed, does not exist, or is inactive and
     * no queued job would start it.
     */
    public Condition unitActive(String unit) {
        var fullName = unit.contains(".") ? unit : unit + ".service";
        return new Condition(
                "unit " + unit + " on " + machine,
                () -> observeUnit(fullName),
                "exec " + machine + " 'journalctl -u " + fullName + "' shows its journal");
    }

    private Observation observeUnit(String unit) {
        var properties = properties(look.apply("systemctl show -p LoadState,ActiveState,SubState,Job,Result " + unit));
        var state = properties.getOrDefault("ActiveState", "unknown");
        if (state.equals("active")) {
            return Observation.met("active");
        }
        if (properties.getOrDefault("LoadState", "").equals("not-found")) {
            throw pointless(unit, "does not exist", "exec " + machine + " 'systemctl list-units' lists the units");
        }
        if (state.equals("failed")) {
            throw pointless(
                    unit,
                    "failed (" + properties.getOrDefault("Result", "") + ")" + journal(unit),
                    "logs " + machine + " " + unit + " shows its journal");
        }
        if (state.equals("inactive") && properties.getOrDefault("Job", "").isEmpty() && bootIsOver()) {
            throw pointless(
                    unit,
                    "is inactive, and nothing is about to start it",
                    "exec " + machine + " 'systemctl start " + unit + "' starts it");
        }
        return Observation.unmet(state + " (" + properties.getOrDefault("SubState", "") + ")");
    }

    /** Something listens on a TCP port, on any address; nothing connects to it. */
    public Condition portOpen(int port) {
        return new Condition(
                "port " + port + " on " + machine,
                () -> {
                    var listening = look.apply("ss -Hltn 'sport = :" + port + "'");
                    return listening.getOut().isBlank()
                            ? Observation.unmet("nothing listens")
                            : Observation.met("open");
                },
                "exec " + machine + " 'ss -ltn' lists what listens");
    }

    private boolean bootIsOver() {
        var state = look.apply("systemctl is-system-running").getOut().strip();
        return state.equals("running") || state.equals("degraded");
    }

    private String journal(String unit) {
        var lines = look.apply("journalctl -o cat -n 5 --no-pager -u " + unit)
                .getOut()
                .strip();
        return lines.isEmpty() ? "" : "; its journal ends with\n  " + lines.replace("\n", "\n  ");
    }

    private LabException pointless(String unit, String what, String hint) {
        return new LabException(ExitCode.CHECK_FAILED, machine + ": unit " + unit + " " + what, "", hint);
    }

    private static Map<String, String> properties(Result result) {
        return Arrays.stream(result.getOut().split("\n"))
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, second) -> first));
    }
}

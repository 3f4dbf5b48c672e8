package org.nixlab.machine.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static java.util.Objects.requireNonNull;

/** What can be waited for of units. */
public final class UnitConditions {
    private static final String SHOW = "show -p LoadState,ActiveState,SubState,Job,Result,StatusText,ConditionResult,"
            + "ConditionTimestampMonotonic,ExecMainExitTimestampMonotonic ";

    /** A boot that ended without it, in a rescue shell, gets no further; who has no systemd has no such thing. */
    private static final String BASIC = """
            [ ! -d /run/systemd/system ] || systemctl -q is-active basic.target ||
            case $(systemctl is-system-running) in initializing | starting) exit 1 ;; esac
            """;

    private static final int JOURNAL_LINES = 5;
    private static final int MOST_JOBS = 6;

    private final GuestLook look;
    private final Systemd systemd;

    /** @param user whose units; the system's without one */
    public UnitConditions(GuestLook look, Optional<String> user) {
        this.look = requireNonNull(look, "look");
        this.systemd = new Systemd(user);
    }

    /**
     * A unit is active. The look fails where waiting is pointless: the unit failed, does not exist, or is inactive and
     * there is no job that could start it.
     */
    public Condition active(String unit) {
        var name = UnitName.full(unit);
        return new Condition(
                        "unit " + unit + " on " + look.machine(),
                        () -> observe(name),
                        "logs " + look.machine() + " " + unit)
                .explainedBy(() -> explanation(name));
    }

    /**
     * What services take for granted is there, such as sockets and the bus: {@code basic.target} was reached (bootup(7)). The
     * shell of the NixOS test driver does not begin before that; nixlab's own does.
     */
    public static Condition basicSystem(GuestLook look) {
        return new Condition(
                "the basic system of " + look.machine(),
                () -> new Observation(look.run(BASIC).succeeded(), "it is not there yet"),
                "exec " + look.machine() + " 'systemctl list-jobs' shows what systemd is busy with");
    }

    private Observation observe(String unit) {
        var shown = look.run(systemd.systemctl(SHOW + UnitName.words(unit)));
        if (!shown.succeeded()) {
            return Observation.unmet(systemd.words() + " does not answer: " + LastLine.of(shown));
        }
        var properties = UnitProperties.of(shown.getOut());
        var state = properties.getOrDefault("ActiveState", "unknown");
        if (state.equals("active")) {
            return Observation.met("active");
        }
        if (properties.getOrDefault("LoadState", "").equals("not-found")) {
            throw pointless(
                    unit, "does not exist", "exec " + look.machine() + " 'systemctl list-units' lists the units");
        }
        if (state.equals("failed")) {
            throw pointless(
                    unit,
                    "failed (" + properties.getOrDefault("Result", "") + ")" + journal(unit, "; its journal ends with"),
                    "logs " + look.machine() + " " + unit + " shows its journal");
        }
        if (state.equals("inactive") && properties.getOrDefault("Job", "").isEmpty() && nothingIsStarted(unit)) {
            throw pointless(
                    unit,
                    "is inactive" + past(properties) + ", and nothing is about to start it",
                    "exec " + look.machine() + " 'systemctl start " + unit + "' starts it");
        }
        var status = properties.getOrDefault("StatusText", "");
        return Observation.unmet(
                state + " (" + properties.getOrDefault("SubState", "") + ")" + (status.isEmpty() ? "" : ", " + status));
    }

    /** A job that is under way may start any unit; the last one may have started this one between two looks. */
    private boolean nothingIsStarted(String unit) {
        var jobs = look.run(systemd.systemctl("show -p NJobs")).getOut().strip();
        return jobs.equals("NJobs=0")
                && look.run(systemd.systemctl("show -p ActiveState " + UnitName.words(unit)))
                        .getOut()
                        .strip()
                        .equals("ActiveState=inactive");
    }

    private static String past(Map<String, String> properties) {
        boolean wasLookedAt =
                !properties.getOrDefault("ConditionTimestampMonotonic", "0").equals("0");
        if (wasLookedAt && properties.getOrDefault("ConditionResult", "").equals("no")) {
            return ", for a condition of it does not hold";
        }
        return properties.getOrDefault("ExecMainExitTimestampMonotonic", "0").equals("0")
                ? ""
                : " (it ran and ended: " + properties.getOrDefault("Result", "") + ")";
    }

    private String explanation(String unit) {
        var lines = new ArrayList<String>();
        var jobs = jobs();
        if (!jobs.isEmpty()) {
            var shown = UnitProperties.of(look.run(systemd.systemctl("show -p After " + UnitName.words(unit)))
                    .getOut());
            var after = Arrays.asList(shown.getOrDefault("After", "").split(" "));
            var before = jobs.stream().filter(job -> after.contains(job.unit())).toList();
            var others = jobs.stream().filter(job -> !job.unit().equals(unit)).toList();
            if (!before.isEmpty()) {
                lines.add("it waits for " + Job.words(before));
            } else if (!others.isEmpty()) {
                lines.add("systemd is busy with " + Job.words(others));
            }
        }
        lines.add(journal(unit, "its journal ends with"));
        return String.join("\n", lines).strip();
    }

    private List<Job> jobs() {
        return look.run(systemd.systemctl("list-jobs --no-legend"))
                .getOut()
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == 4)
                .map(words -> new Job(words[1], words[2] + " " + words[3]))
                .toList();
    }

    private record Job(String unit, String state) {
        static String words(List<Job> jobs) {
            var words = jobs.stream()
                    .limit(MOST_JOBS)
                    .map(job -> job.unit + " (" + job.state + ")")
                    .collect(Collectors.joining(", "));
            return jobs.size() > MOST_JOBS ? words + " and " + (jobs.size() - MOST_JOBS) + " more" : words;
        }
    }

    private String journal(String unit, String heading) {
        var lines = look.run(systemd.journal(unit, JOURNAL_LINES)).getOut().strip();
        return lines.isEmpty() ? "" : heading + "\n  " + lines.replace("\n", "\n  ");
    }

    private LabException pointless(String unit, String what, String hint) {
        return new LabException(ExitCode.CHECK_FAILED, look.machine() + ": unit " + unit + " " + what, "", hint);
    }
}

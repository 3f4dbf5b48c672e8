package org.nixlab.machine.qemu;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.image.MachineKey;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Phase;
import org.nixlab.machine.host.BootWatch;
import org.nixlab.machine.host.HostDisk;
import org.nixlab.machine.host.Standstill;
import org.nixlab.machine.host.StandstillLook;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;
import org.nixlab.model.Machine;
import org.nixlab.qmp.QmpClient;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;

import static java.util.Objects.requireNonNull;

/** Finds out how a machine is: from its process and its files, and from the guest's systemd. */
final class StatusLook {
    private static final String SYSTEM_STATE = "systemctl is-system-running; systemctl list-units"
            + " --state=failed,auto-restart --plain --no-legend --no-pager";

    private static final Duration MONITOR_LIMIT = Duration.ofSeconds(2);

    private final Machine declared;
    private final VmDirectory directory;
    private final VmProcess process;
    private final StandstillLook standstill;
    private final HostDisk disk;
    private final Execution execution;
    private final Supplier<Phase> known;
    private final Consumer<Phase> learned;

    /** Runs a command in the guest. */
    interface Execution {
        Result execute(ExecRequest request, Deadline deadline);
    }

    /**
     * @param known tells how far the machine has come, as last known
     * @param learned is told how far the guest says it has come
     */
    StatusLook(
            Machine declared,
            VmDirectory directory,
            VmProcess process,
            Execution execution,
            Supplier<Phase> known,
            Consumer<Phase> learned) {
        this.declared = requireNonNull(declared, "declared");
        this.directory = requireNonNull(directory, "directory");
        this.process = requireNonNull(process, "process");
        this.standstill = new StandstillLook(declared.name(), process);
        this.disk = new HostDisk(declared.name(), directory);
        this.execution = requireNonNull(execution, "execution");
        this.known = requireNonNull(known, "known");
        this.learned = requireNonNull(learned, "learned");
    }

    MachineStatus look(Deadline deadline) {
        if (!process.isRunning()) {
            return ended();
        }
        return standstill.look().map(this::standing).orElseGet(() -> ask(deadline));
    }

    /** Returns what is known without asking the guest. */
    MachineStatus glance() {
        return process.isRunning() ? status(known.get(), List.of(), "") : ended();
    }

    private MachineStatus standing(Standstill why) {
        if (why.cause() == Standstill.Cause.DISK && disk.hasRoom() && disk.goOn()) {
            return status(known.get(), List.of(), "was paused: the host's disk was full");
        }
        return status(Phase.PAUSED, List.of(), why.words() + "; " + why.remedy());
    }

    private MachineStatus ask(Deadline deadline) {
        try {
            var lines = execution
                    .execute(ExecRequest.of(SYSTEM_STATE), deadline)
                    .getOut()
                    .lines()
                    .toList();
            var phase = switch (lines.isEmpty() ? "stopping" : lines.get(0)) {
                case "running", "degraded" -> Phase.READY;
                // On its way down systemd answers no more.
                case "stopping", "offline" -> Phase.STOPPING;
                default -> Phase.BACKDOOR;
            };
            learned.accept(phase);
            var failed = lines.stream()
                    .skip(1)
                    .map(line -> line.split(" ")[0])
                    .filter(unit -> !unit.isBlank())
                    .toList();
            return status(
                    phase, failed, process.isOutdated(MachineKey.text(declared)) ? "runs an older configuration" : "");
        } catch (DeadlineException e) {
            return status(
                    BootWatch.phase(directory),
                    List.of(),
                    monitorAnswers() ? "its backdoor does not answer" : "neither its backdoor nor QEMU answers");
        } catch (LabException e) {
            if (!process.isRunning()) {
                return ended();
            }
            return standstill.look().map(this::standing).orElseThrow(() -> e);
        }
    }

    private boolean monitorAnswers() {
        try {
            QmpClient.connect(directory.qmp(), declared.name(), event -> {}, Deadline.in(MONITOR_LIMIT))
                    .close();
            return true;
        } catch (LabException e) {
            return false;
        }
    }

    private MachineStatus ended() {
        var why = process.hasDied() ? process.death().getMessage() : "";
        return status(process.ended(), List.of(), why.lines().findFirst().orElse(""));
    }

    private MachineStatus status(Phase phase, List<String> failedUnits, String detail) {
        return new MachineStatus(
                declared.name(),
                phase,
                declared.system().nixName(),
                declared.address(),
                process.uptime(),
                process.residentMiB(),
                failedUnits,
                detail);
    }
}

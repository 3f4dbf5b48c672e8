package org.nixlab.machine.qemu;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Phase;
import org.nixlab.machine.host.HostDisk;
import org.nixlab.machine.host.Standstill;
import org.nixlab.machine.host.StandstillLook;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;
import org.nixlab.process.Daemon;
import org.nixlab.qmp.QmpClient;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.KeptOutput;

import static java.util.Objects.requireNonNull;

/**
 * The ways to end one machine. It takes its directory and nothing of its declaration, so that also a machine that the
 * network file no longer has can be ended. Safe for use by many threads.
 */
public final class VmEnd {
    private static final Duration GO_ON_LIMIT = Duration.ofSeconds(5);

    private final String machine;
    private final VmDirectory directory;
    private final VmProcess process;
    private final GuestAccess guest;
    private final StandstillLook standstill;
    private final HostDisk disk;

    VmEnd(String machine, VmDirectory directory, VmProcess process, GuestAccess guest) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
        this.process = requireNonNull(process, "process");
        this.guest = requireNonNull(guest, "guest");
        this.standstill = new StandstillLook(machine, process);
        this.disk = new HostDisk(machine, directory);
    }

    /** Returns the ways to end a machine of which only the directory is known. */
    public static VmEnd of(String machine, VmDirectory directory) {
        var process = new VmProcess(machine, directory);
        return new VmEnd(machine, directory, process, new GuestAccess(machine, directory, process));
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    /** Returns the process of its QEMU, if it runs. */
    public Optional<Daemon> qemu() {
        return process.daemon().filter(Daemon::isAlive);
    }

    /** Ends what was started beside QEMU, which has ended. */
    public void endHelpers(Deadline deadline) {
        process.endHelpers(deadline);
    }

    /** Returns what is seen of the machine from outside, while it runs. */
    public MachineStatus status(String detail) {
        return new MachineStatus(
                machine,
                process.wasReady() ? Phase.READY : Phase.STARTING,
                "",
                "",
                process.uptime(),
                process.residentMiB(),
                List.of(),
                detail);
    }

    /**
     * Shuts the machine down, in the end by force. Does nothing if it does not run.
     *
     * @param log is told which ways did not help
     */
    public void stop(Consumer<String> log, Deadline deadline) {
        if (isRunning()) {
            standstill.look().ifPresent(why -> goOn(why, log, deadline));
            var ladder = new StopLadder(
                    machine,
                    () -> !process.isRunning(),
                    List.of(
                            new StopLadder.Rung("systemctl poweroff", this::powerOff),
                            new StopLadder.Rung("the power button", this::pressPowerButton),
                            new StopLadder.Rung("QEMU's quit", this::quit),
                            new StopLadder.Rung("SIGTERM", limit -> {
                                process.terminate();
                                process.awaitEnd(limit);
                            }),
                            new StopLadder.Rung("SIGKILL", limit -> {
                                process.kill();
                                process.awaitEnd(limit);
                            })));
            process.endBy(() -> ladder.climb(log, deadline));
        }
        end(deadline);
    }

    private void end(Deadline deadline) {
        process.endHelpers(deadline);
        guest.close();
        process.forget();
    }

    /** Pulls the plug. Does nothing if the machine does not run. */
    public void kill(Deadline deadline) {
        if (isRunning()) {
            process.endBy(() -> {
                process.kill();
                process.awaitEnd(deadline);
            });
        }
        end(deadline);
    }

    /** Only a guest that goes on can shut down. */
    private void goOn(Standstill why, Consumer<String> log, Deadline deadline) {
        switch (why.cause()) {
            case FROZEN -> {
                log.accept(machine + ": QEMU was stopped; it goes on, to shut down");
                process.thaw();
            }
            case PAUSED -> {
                log.accept(machine + ": was paused; it goes on, to shut down");
                disk.goOn();
            }
            case DISK -> {
                if (!disk.hasRoom()) {
                    return;
                }
                disk.goOn();
            }
        }
        var goingOn = new Condition(
                machine + " to go on", () -> new Observation(standstill.look().isEmpty(), why.words()), "");
        try {
            Await.host().until(goingOn, Deadline.in(GO_ON_LIMIT).orSooner(deadline));
        } catch (DeadlineException e) {
            log.accept(e.getMessage());
        }
    }

    private void powerOff(Deadline limit) {
        requireGoingOn();
        guest.talk(shell -> shell.run(ExecRequest.of("systemctl poweroff --no-block"), new KeptOutput(), limit));
        awaitShutdown(limit);
    }

    private void pressPowerButton(Deadline limit) {
        requireGoingOn();
        ask("system_powerdown", limit);
        awaitShutdown(limit);
    }

    private void quit(Deadline limit) {
        ask("quit", limit);
        process.awaitEnd(limit);
    }

    /** Waits for a guest that shuts down, which writes; where the host cannot store that, it will not come to an end. */
    private void awaitShutdown(Deadline limit) {
        var ended = new Condition(
                "the end of " + machine,
                () -> {
                    requireGoingOn();
                    return new Observation(!process.isRunning(), "it shuts down");
                },
                "");
        Await.host().until(ended, limit);
    }

    private void requireGoingOn() {
        var why = standstill.look();
        if (why.isPresent() && process.isRunning()) {
            throw why.get().failure(directory.state().toString());
        }
    }

    private void ask(String command, Deadline limit) {
        try (var qmp = QmpClient.connect(directory.qmp(), machine, event -> {}, limit)) {
            qmp.execute(command, Map.of(), limit);
        }
    }
}

package org.nixlab.machine.qemu;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.nixlab.base.Await;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.image.MachineKey;
import org.nixlab.machine.GuestConditions;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Monitor;
import org.nixlab.machine.Phase;
import org.nixlab.machine.RepeatedCommand;
import org.nixlab.machine.Vm;
import org.nixlab.machine.host.BootWatch;
import org.nixlab.machine.host.Console;
import org.nixlab.machine.host.GuestPrograms;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;
import org.nixlab.machine.start.Acceleration;
import org.nixlab.machine.start.DiskSizes;
import org.nixlab.machine.start.QemuArguments;
import org.nixlab.machine.start.RootGrowth;
import org.nixlab.machine.start.ScriptWords;
import org.nixlab.model.Machine;
import org.nixlab.process.Daemon;
import org.nixlab.talk.CopyProgress;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.HeardOutput;
import org.nixlab.talk.KeptOutput;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.PassedOnOutput;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellSession;
import org.nixlab.talk.TerminalSession;

import static java.util.Objects.requireNonNull;

/** A machine that runs in a QEMU of this host. */
public final class QemuVm implements Vm, AutoCloseable {
    private static final List<String> BOOT_SLOTS = List.of(QemuChannels.slot(0), QemuChannels.slot(1));
    private static final Duration PULSE = Duration.ofSeconds(5);
    /** systemd before 240 cannot wait for it. */
    private static final String BOOT_IS_OVER = "s=$(systemctl is-system-running --wait 2>&1); [[ $s != *option* ]] ||"
            + " while s=$(systemctl is-system-running); [[ $s == starting || $s == initializing ]]; do sleep .2; done";

    private final Machine declared;
    private final VmDirectory directory;
    private final VmProcess process;
    private final String key;
    private final GuestAccess guest;
    private final StatusLook statuses;
    private final VmEnd end;
    private final GuestConditions conditions;
    private final Terminals terminals;
    private final GuestCopies copies;
    private volatile Phase lastKnown = Phase.STOPPED;

    /** @param terminalType value of {@code TERM} in terminals of the guest */
    public QemuVm(Machine declared, VmDirectory directory, String terminalType) {
        this.declared = requireNonNull(declared, "declared");
        this.directory = requireNonNull(directory, "directory");
        this.key = MachineKey.text(declared);
        this.process = new VmProcess(declared.name(), directory);
        this.guest = new GuestAccess(declared.name(), directory, process);
        this.terminals = new Terminals(declared.name(), directory, process, guest, terminalType);
        this.copies = new GuestCopies(declared.name(), guest);
        this.statuses =
                new StatusLook(declared, directory, process, this::execute, this::phase, phase -> lastKnown = phase);
        this.end = new VmEnd(declared.name(), directory, process, guest);
        this.conditions = new GuestConditions(
                declared.name(), command -> execute(ExecRequest.of(command), Deadline.in(GuestConditions.LOOK)));
    }

    @Override
    public Machine declared() {
        return declared;
    }

    public VmDirectory directory() {
        return directory;
    }

    /** Returns whether the machine runs with another configuration than the one it is declared with. */
    public boolean isOutdated() {
        return process.isOutdated(key);
    }

    /** Returns whether it has been ready since it was started, also for another shell. */
    public boolean wasReady() {
        return process.wasReady();
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    /** Returns the process of its QEMU, if it runs. */
    public Optional<Daemon> qemu() {
        return process.daemon().filter(Daemon::isAlive);
    }

    /** Returns whether the machine runs although its state was removed, and with that the disk it writes to. */
    public boolean isOrphan() {
        return process.isOrphan();
    }

    /** Returns whether the machine runs on the hardware it is declared with, whatever its system has become. */
    public boolean hasDeclaredHardware() {
        return process.hasHardwareOf(key);
    }

    /** Notes that the machine, which runs, has been changed into what it is declared to be. */
    public void becomeDeclared() {
        process.redeclare(key, GuestPrograms.of(declared));
    }

    /**
     * Goes on if the disks that the machine has can become what they are declared to be.
     *
     * @throws LabException (usage) if one would have to become smaller
     */
    public void requireUsableDisks() {
        new DiskSizes(declared, directory).requireNoneSmaller();
    }

    /**
     * Starts the machine; it goes on without this process.
     *
     * @param file the {@code run-<machine>-vm} that was built for it
     * @param switches control sockets of the VLANs' switches
     * @param user the user's environment, which reaches the script
     */
    public void start(Path file, Map<Integer, Path> switches, Acceleration acceleration, Map<String, String> user) {
        if (isRunning()) {
            throw new IllegalStateException(declared.name() + " runs already");
        }
        guest.close();
        new DiskSizes(declared, directory).grow();
        var script = new ScriptWords(declared, file, acceleration);
        var environment = new HashMap<>(user);
        environment.putAll(script.variables(directory));
        var arguments = new ArrayList<>(QemuArguments.of(directory, slots(), script.qemuKeepsLogs()));
        arguments.addAll(script.arguments(user));
        switches.forEach((vlan, socket) -> environment.put("QEMU_VDE_SOCKET_" + vlan, socket.toString()));
        process.start(
                new VmProcess.Launch(file, key, GuestPrograms.of(declared), arguments, environment, script.umask()));
        lastKnown = Phase.STARTING;
    }

    /** A machine that somebody else built would not serve them. */
    private List<String> slots() {
        return declared.isForeign() ? List.of() : BOOT_SLOTS;
    }

    /**
     * Waits until the guest has nothing more to start.
     *
     * @param news is told every phase that is reached
     * @param notes is told when the machine stands still, and when it goes on then
     * @throws LabException (host) if the machine ends meanwhile; it shows the console
     * @throws DeadlineException if it takes too long; it shows the console
     */
    public void awaitReady(Consumer<Phase> news, Consumer<String> notes, Deadline deadline) {
        var sink = OutputSink.notes(notes);
        try {
            awaitBackdoor(news, sink, deadline);
            reached(Phase.BACKDOOR, news);
            new RootGrowth(directory)
                    .finish(
                            command -> execute(ExecRequest.of(command), new KeptOutput(notes), deadline),
                            note -> notes.accept(declared.name() + ": " + note));
            execute(ExecRequest.of(BOOT_IS_OVER), sink, deadline);
            reached(Phase.READY, news);
        } catch (DeadlineException e) {
            var console = Console.of(directory);
            throw new DeadlineException(
                    declared.name() + ": the machine did not become ready in time; it came as far as "
                            + lastKnown.word() + console.quoted(),
                    directory.consoleLog().toString(),
                    console.ranOutOfMemory() ? Console.MORE_MEMORY : "run --timeout gives it more time");
        }
    }

    private void awaitBackdoor(Consumer<Phase> news, OutputSink sink, Deadline deadline) {
        // One that runs already may have panicked and started anew since its QEMU was started.
        long begin = lastKnown == Phase.STARTING ? Console.begin(directory) : Console.end(directory);
        try (var watch = new BootWatch(directory, begin, phase -> reached(phase, news), process::kill)) {
            watch.start();
            Await.host().until(process.listening(slots()), deadline);
            process.beginEvents(deadline);
            execute(ExecRequest.of("true"), sink, deadline);
        }
    }

    private void reached(Phase phase, Consumer<Phase> news) {
        lastKnown = phase;
        if (phase == Phase.READY) {
            process.markReady();
        }
        news.accept(phase);
    }

    @Override
    public Phase phase() {
        if (!process.isRunning()) {
            return process.ended();
        }
        // Another shell may have started it.
        return lastKnown == Phase.STOPPED ? process.wasReady() ? Phase.READY : Phase.STARTING : lastKnown;
    }

    @Override
    public MachineStatus status(Deadline deadline) {
        return statuses.look(deadline);
    }

    @Override
    public Result execute(ExecRequest request, Deadline deadline) {
        return execute(request, new KeptOutput(), deadline);
    }

    @Override
    public Result execute(ExecRequest request, OutputSink sink, Deadline deadline) {
        return execute(request, new PassedOnOutput(sink), deadline);
    }

    private Result execute(ExecRequest request, HeardOutput output, Deadline deadline) {
        return guest.talk(shell -> shell.run(request, output, deadline), output::note);
    }

    @Override
    public TerminalSession attach(
            Optional<String> user, int columns, int rows, Consumer<String> notes, Deadline deadline) {
        return terminals.attach(user, columns, rows, notes, deadline);
    }

    @Override
    public TerminalSession attachConsole(Consumer<String> notes, Deadline deadline) {
        return terminals.attachConsole(notes, deadline);
    }

    @Override
    public ShellSession shell(ExecRequest request, Deadline deadline) {
        return guest.open(boot -> new ExplainedShell(boot.shell().keep(request, deadline), boot));
    }

    @Override
    public void copyIn(Path source, String target, CopyProgress progress, Deadline deadline) {
        copies.in(source, target, progress, deadline);
    }

    @Override
    public void copyOut(String source, Path target, CopyProgress progress, Deadline deadline) {
        copies.out(source, target, progress, deadline);
    }

    /** @throws IllegalArgumentException if the other is no machine under QEMU */
    @Override
    public void copyTo(String source, Vm other, String target, CopyProgress progress, Deadline deadline) {
        if (!(other instanceof QemuVm there)) {
            throw new IllegalArgumentException("copies go between machines under QEMU");
        }
        copies.to(source, there.copies, target, progress, deadline);
    }

    @Override
    public Monitor monitor() {
        return new QemuMonitor(declared, directory, process, this::pulse);
    }

    private void pulse() {
        if (process.hasAnswered()) {
            try {
                execute(ExecRequest.of(":"), Deadline.in(PULSE));
            } catch (LabException e) {
                // A guest that does not answer can still be typed at: perhaps that is what for.
            }
        }
    }

    @Override
    public Path consoleLog() {
        return directory.consoleLog();
    }

    @Override
    public void waitForUnit(String unit, Deadline deadline) {
        Await.guest().until(conditions.unitActive(unit), deadline);
    }

    @Override
    public void waitForOpenPort(int port, Deadline deadline) {
        Await.guest().until(conditions.portOpen(port), deadline);
    }

    @Override
    public Result waitUntilSucceeds(ExecRequest request, Deadline deadline) {
        return new RepeatedCommand(declared.name(), () -> execute(request, deadline))
                .untilSuccess(request.command(), deadline);
    }

    /**
     * Shuts the machine down, in the end by force. Does nothing if it does not run.
     *
     * @param log is told which ways did not help
     */
    public void stop(Consumer<String> log, Deadline deadline) {
        if (isRunning()) {
            lastKnown = Phase.STOPPING;
        }
        end.stop(log, deadline);
    }

    /** Pulls the plug. Does nothing if the machine does not run. */
    public void kill(Deadline deadline) {
        end.kill(deadline);
    }

    /** Lets go of the machine, which goes on. */
    @Override
    public void close() {
        guest.close();
    }
}

package org.nixlab.machine.qemu;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.image.MachineKey;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Monitor;
import org.nixlab.machine.Phase;
import org.nixlab.machine.Transcript;
import org.nixlab.machine.Transcript.Run;
import org.nixlab.machine.Vm;
import org.nixlab.machine.host.Console;
import org.nixlab.machine.host.GuestPrograms;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;
import org.nixlab.machine.start.Acceleration;
import org.nixlab.machine.start.DiskSizes;
import org.nixlab.machine.start.QemuArguments;
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
import org.nixlab.talk.TwoWayStream;

import static java.util.Objects.requireNonNull;

/** A machine that runs in a QEMU of this host. */
public final class QemuVm implements Vm, AutoCloseable {
    private static final List<String> BOOT_SLOTS = List.of(QemuChannels.slot(0), QemuChannels.slot(1));
    private static final Duration PULSE = Duration.ofSeconds(5);

    private final Machine declared;
    private final VmDirectory directory;
    private final VmProcess process;
    private final String key;
    private final GuestAccess guest;
    private final StatusLook statuses;
    private final VmEnd end;
    private final Terminals terminals;
    private final GuestCopies copies;
    private final MachineBoot boot;
    private final MachineStreams streams;
    private final Transcript console;
    private final Transcript events;

    /** @param terminalType value of {@code TERM} in terminals of the guest */
    public QemuVm(Machine declared, VmDirectory directory, String terminalType) {
        this.declared = requireNonNull(declared, "declared");
        this.directory = requireNonNull(directory, "directory");
        this.key = MachineKey.text(declared);
        this.process = new VmProcess(declared.name(), directory);
        this.guest = new GuestAccess(declared.name(), directory, process);
        this.terminals = new Terminals(declared.name(), directory, process, guest, terminalType);
        this.copies = new GuestCopies(declared.name(), guest);
        this.boot = new MachineBoot(declared.name(), directory, process, slots(), this::execute);
        this.statuses = new StatusLook(declared, directory, process, this::execute, boot::phase, boot::learn);
        this.end = new VmEnd(declared.name(), directory, process, guest);
        this.streams = new MachineStreams(declared.name(), guest);
        this.console = new Transcript(
                directory.consoleLog(), () -> new Run(process.identityOfRun(), Console.begin(directory)));
        this.events = new Transcript(directory.eventLog(), () -> new Run(process.identityOfRun(), 0));
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

    /** Returns whether a root shell has answered since it was started, also for another shell. */
    public boolean hasAnswered() {
        return process.hasAnswered();
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

    /** Returns what is known of it without asking the guest. */
    public MachineStatus glance() {
        return statuses.glance();
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
     * Starts the machine unless it runs already; it goes on without this process.
     *
     * @param file the {@code run-<machine>-vm} that was built for it; asked for only if it has to be started
     * @param switches control sockets of the VLANs' switches
     * @param user the user's environment, which reaches the script
     * @return whether it did not run before
     */
    public synchronized boolean start(
            Supplier<Path> file, Map<Integer, Path> switches, Acceleration acceleration, Map<String, String> user) {
        if (isRunning()) {
            return false;
        }
        guest.close();
        boot.close();
        new DiskSizes(declared, directory).grow();
        var path = file.get();
        var script = new ScriptWords(declared, path, acceleration);
        var environment = new HashMap<>(user);
        environment.putAll(script.variables(directory));
        var arguments = new ArrayList<>(QemuArguments.of(directory, slots(), script.qemuKeepsLogs()));
        arguments.addAll(script.arguments(user));
        switches.forEach((vlan, socket) -> environment.put("QEMU_VDE_SOCKET_" + vlan, socket.toString()));
        process.start(
                new VmProcess.Launch(path, key, GuestPrograms.of(declared), arguments, environment, script.umask()));
        boot.learn(Phase.STARTING);
        return true;
    }

    /** A machine that somebody else built would not serve them. */
    private List<String> slots() {
        return declared.isForeign() ? List.of() : BOOT_SLOTS;
    }

    /**
     * Waits until QEMU serves its sockets. The boot is watched until it is over, for a kernel that only panics again and again.
     *
     * @throws LabException (host) if QEMU ends meanwhile; it says why
     */
    public void awaitStart(Deadline deadline) {
        boot.awaitStart(deadline);
    }

    /**
     * Waits until a root shell answers.
     *
     * @param news is told every phase that is reached
     * @param notes is told when the machine stands still, and when it goes on then
     * @throws LabException (host) if the machine ends meanwhile; it shows the console
     * @throws DeadlineException if it takes too long; it shows the console
     */
    public void awaitBackdoor(Consumer<Phase> news, Consumer<String> notes, Deadline deadline) {
        boot.awaitBackdoor(news, notes, deadline);
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
        boot.awaitReady(news, notes, deadline);
    }

    @Override
    public Phase phase() {
        return boot.phase();
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
        try {
            return guest.talk(shell -> shell.run(request, output, deadline), output::note);
        } catch (DeadlineException e) {
            throw declared.isForeign() || process.hasAnswered() ? e : boot.stillBooting(e);
        }
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
        return new QemuMonitor(declared, directory, process, events, this::pulse);
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
    public Transcript console() {
        return console;
    }

    @Override
    public void requireRunning() {
        process.requireRunning();
    }

    @Override
    public void reboot(Deadline deadline) {
        boot.reboot(deadline);
    }

    @Override
    public TwoWayStream connect(String host, int port, Deadline deadline) {
        return streams.connect(host, port, deadline);
    }

    /**
     * Shuts the machine down, in the end by force. Does nothing if it does not run.
     *
     * @param log is told which ways did not help
     */
    public void stop(Consumer<String> log, Deadline deadline) {
        if (isRunning()) {
            boot.learn(Phase.STOPPING);
        }
        boot.close();
        end.stop(log, deadline);
    }

    /** Pulls the plug. Does nothing if the machine does not run. */
    public void kill(Deadline deadline) {
        boot.close();
        end.kill(deadline);
    }

    /** Lets go of the machine, which goes on. */
    @Override
    public void close() {
        boot.close();
        streams.close();
        guest.close();
    }
}

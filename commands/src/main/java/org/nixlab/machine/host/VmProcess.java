package org.nixlab.machine.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.MachineKey;
import org.nixlab.machine.Phase;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;
import org.nixlab.qmp.EventLog;

import static java.util.Objects.requireNonNull;

/**
 * The QEMU of one machine as a process of the host: started, found again, and ended; what became of it is read from its
 * files, so that any shell can tell.
 */
public final class VmProcess {
    /** After it one looks whether QEMU still lives; it answers within milliseconds. */
    private static final Duration MONITOR_LIMIT = Duration.ofSeconds(3);

    private static final Duration HELPERS_LIMIT = Duration.ofSeconds(2);

    /** Tells scripts where the disk is, and what they started apart from what others did. */
    private static final String DISK = "NIX_DISK_IMAGE";

    private final String machine;
    private final VmDirectory directory;
    private final VmRecord record;
    private EventLog events; // guarded by this
    private String eventsOf; // guarded by this

    public VmProcess(String machine, VmDirectory directory) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
        this.record = new VmRecord(directory);
    }

    /**
     * How a machine is started.
     *
     * @param declared what the machine is declared to be, to be compared with later declarations
     * @param arguments words for QEMU
     * @param environment variables for the script
     * @param umask of its files (umask(2))
     */
    public record Launch(
            Path script,
            String declared,
            GuestPrograms programs,
            List<String> arguments,
            Map<String, String> environment,
            String umask) {}

    /** Starts a machine's script; what an earlier run left in the way is removed first. */
    public void start(Launch launch) {
        // Those of a QEMU that ended by itself may still hold what the next one wants.
        endHelpers(Deadline.in(HELPERS_LIMIT));
        try {
            Files.createDirectories(directory.scratch());
            PrivateDirectory.make(directory.runtime());
            PrivateDirectory.empty(directory.runtime());
            Files.writeString(directory.consoleStart(), Long.toString(size(directory.consoleLog())));
            Files.writeString(directory.declared(), launch.declared());
            save(launch.programs());
            Files.deleteIfExists(directory.qemuLog());
            deleteEnding();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The umask makes every socket and disk private from birth.
        var command = HostCommand.of("sh", "-c", "umask " + launch.umask() + "; exec \"$0\" \"$@\"")
                .with(launch.script().toString())
                .with(launch.arguments())
                .in(directory.runtime())
                .environment(launch.environment())
                .environment(DISK, directory.disk().toString());
        var daemon = Daemon.start(command, directory.consoleLog(), directory.qemuLog());
        try {
            record.save(daemon);
        } catch (UncheckedIOException e) {
            // Nobody would find it again.
            daemon.kill();
            throw e;
        }
    }

    /** QEMU has made its sockets; a QEMU that ended before ends the wait. */
    public Condition listening(List<String> ports) {
        var sockets = new ArrayList<>(List.of(directory.qmp(), directory.eventMonitor(), directory.backdoor()));
        ports.forEach(port -> sockets.add(directory.port(port)));
        return new Condition(
                "the channels of " + machine,
                () -> {
                    if (sockets.stream().allMatch(Files::exists)) {
                        return Observation.met("there");
                    }
                    if (!isRunning()) {
                        throw death();
                    }
                    return Observation.unmet("QEMU is starting");
                },
                "");
    }

    /** Makes QEMU log what it reports; a QEMU that ended before, its sockets still there, ends the wait. */
    public void beginEvents(Deadline deadline) {
        var begun = new Condition(
                "the monitor of " + machine,
                () -> {
                    try {
                        EventLog.begin(
                                directory.eventMonitor(),
                                machine,
                                Deadline.in(MONITOR_LIMIT).orSooner(deadline));
                        return Observation.met("there");
                    } catch (CancelledException e) {
                        throw e;
                    } catch (LabException e) {
                        if (!isRunning()) {
                            throw death();
                        }
                        return Observation.unmet(e.getMessage());
                    }
                },
                "");
        Await.host().until(begun, deadline);
    }

    public boolean isRunning() {
        return daemon().filter(Daemon::isAlive).isPresent();
    }

    /** Returns the number of the process if somebody stopped it. */
    public Optional<Long> frozen() {
        return daemon().filter(Daemon::isFrozen).map(Daemon::pid);
    }

    /** Lets a process that somebody stopped go on. */
    public void thaw() {
        daemon().ifPresent(Daemon::thaw);
    }

    /** Returns what tells this boot of the machine from any other. */
    public String identity() {
        return identityOfRun() + " " + resets();
    }

    /** Returns what tells this run of QEMU from any other, also when it is over. */
    public String identityOfRun() {
        return daemon().map(Daemon::toString).orElse("");
    }

    /** Returns whether it was started and ended without having been asked to. */
    public boolean hasDied() {
        // In this order, since an end that was asked for is forgotten in the other one.
        return !isRunning() && !Files.exists(directory.ending()) && daemon().isPresent();
    }

    /**
     * Lets everybody know that the end which the way brings was asked for, also those who see it before
     * {@link #forget()}.
     */
    public void endBy(Runnable way) {
        try {
            Files.writeString(directory.ending(), "");
        } catch (IOException e) {
            // A disk that is full keeps no machine from being ended.
        }
        try {
            way.run();
        } finally {
            if (isRunning()) {
                deleteEnding();
            }
        }
    }

    private void deleteEnding() {
        try {
            Files.deleteIfExists(directory.ending());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how far the machine has come if it does not run. */
    public Phase ended() {
        return hasDied() && !Console.of(directory).poweredOff() ? Phase.FAILED : Phase.STOPPED;
    }

    /** Returns whether it runs, but was started as something else than what it is declared to be. */
    public boolean isOutdated(String declared) {
        try {
            return isRunning() && !Files.readString(directory.declared()).equals(declared);
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether it runs on the hardware that it is declared with. */
    public boolean hasHardwareOf(String declared) {
        try {
            return isRunning() && MachineKey.isSameHardware(Files.readString(directory.declared()), declared);
        } catch (IOException e) {
            return false;
        }
    }

    /** Notes what a machine that runs has become. */
    public void redeclare(String declared, GuestPrograms programs) {
        try {
            Files.writeString(directory.declared(), declared);
            save(programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void markReady() {
        mark(directory.ready());
    }

    /** Returns whether the machine has been ready since it was started or last reset. */
    public boolean wasReady() {
        return isMarked(directory.ready());
    }

    public void markAnswered() {
        mark(directory.answered());
    }

    /** Returns whether a slot of the machine has answered any process since it was started or last reset. */
    public boolean hasAnswered() {
        return isMarked(directory.answered());
    }

    private void mark(Path file) {
        try {
            Files.writeString(file, Long.toString(resets()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isMarked(Path file) {
        try {
            return Files.readString(file).equals(Long.toString(resets()));
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the log of the QEMU that runs; each has its own. */
    public synchronized EventLog events() {
        var run = identityOfRun();
        if (!run.equals(eventsOf)) {
            events = new EventLog(directory.eventLog());
            eventsOf = run;
        }
        return events;
    }

    /** Returns how often the machine was reset since QEMU was started, from inside or outside. */
    long resets() {
        return events().resets();
    }

    public Optional<Duration> uptime() {
        return daemon().filter(Daemon::isAlive).map(Daemon::age);
    }

    public long residentMiB() {
        return daemon().filter(Daemon::isAlive).map(Daemon::residentMiB).orElse(0L);
    }

    public void terminate() {
        daemon().ifPresent(Daemon::terminate);
    }

    public void kill() {
        daemon().ifPresent(Daemon::killAlone);
    }

    /** Ends what the script started beside QEMU and QEMU's end has not: servers of directories, of a TPM. */
    public void endHelpers(Deadline deadline) {
        var limit = Deadline.in(HELPERS_LIMIT).orSooner(deadline);
        daemon().ifPresent(daemon -> daemon.endRest(DISK, record.diskAtStart(), limit));
    }

    public void awaitEnd(Deadline deadline) {
        daemon().ifPresent(daemon -> daemon.awaitEnd(deadline));
    }

    /** Forgets an ended run: its sockets and the mark that it was running. */
    public void forget() {
        try {
            Files.deleteIfExists(directory.process());
            deleteEnding();
            PrivateDirectory.delete(directory.runtime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Goes on if the machine runs.
     *
     * @throws LabException (host) if it does not; it says what became of it
     */
    public void requireRunning() {
        if (!isRunning()) {
            throw death();
        }
    }

    private LabException notRunning() {
        return LabException.host(machine + " is not running", "", "run " + machine + " starts it");
    }

    /**
     * Returns what became of a machine that should run and does not; one that died is told of with the last lines of its
     * console.
     */
    public LabException death() {
        if (!hasDied()) {
            return notRunning();
        }
        var console = Console.of(directory);
        if (console.panicked()) {
            return LabException.host(
                    machine + ": the guest's kernel panicked" + console.quotedPanic(),
                    directory.consoleLog().toString(),
                    console.ranOutOfMemory() ? Console.MORE_MEMORY : startsAgain());
        }
        if (console.poweredOff()) {
            return LabException.host(machine + ": the machine was powered off from inside", "", startsAgain());
        }
        var qemu = Console.tail(directory.qemuLog(), 5);
        if (!qemu.isEmpty()) {
            return LabException.host(
                    machine + ": QEMU ended: " + String.join("; ", qemu),
                    directory.qemuLog().toString(),
                    "");
        }
        return failure(machine + ": the machine ended without being asked to" + console.quoted());
    }

    private LabException failure(String message) {
        return LabException.host(message, directory.consoleLog().toString(), startsAgain());
    }

    private String startsAgain() {
        return "run " + machine + " starts it again";
    }

    public Optional<Daemon> daemon() {
        return record.process();
    }

    /** Returns whether it runs although its state was removed, and with that the disk it writes to. */
    public boolean isOrphan() {
        return isRunning() && !record.isThere();
    }

    private void save(GuestPrograms programs) throws IOException {
        programs.save(directory.programs());
        programs.save(directory.runningPrograms());
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}

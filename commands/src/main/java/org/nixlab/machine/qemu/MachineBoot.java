package org.nixlab.machine.qemu;

import java.util.List;
import java.util.function.Consumer;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.machine.Phase;
import org.nixlab.machine.host.BootWatch;
import org.nixlab.machine.host.Console;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;
import org.nixlab.machine.start.RootGrowth;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.HeardOutput;
import org.nixlab.talk.KeptOutput;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.PassedOnOutput;
import org.nixlab.talk.Result;

import static java.util.Objects.requireNonNull;

/** How far a machine has come from its start to the end of its boot, and the waits for that. Safe for use by many threads. */
final class MachineBoot implements AutoCloseable {
    /** systemd before 240 cannot wait for it. */
    private static final String BOOT_IS_OVER = "s=$(systemctl is-system-running --wait 2>&1); [[ $s != *option* ]] ||"
            + " while s=$(systemctl is-system-running); [[ $s == starting || $s == initializing ]]; do sleep .2; done";

    private final String machine;
    private final VmDirectory directory;
    private final VmProcess process;
    private final List<String> slots;
    private final Execution execution;
    private volatile Phase lastKnown = Phase.STOPPED;
    private BootWatch unwaitedFor; // guarded by this

    /** Runs a command in the guest, waiting for that first. */
    interface Execution {
        Result execute(ExecRequest request, HeardOutput output, Deadline deadline);
    }

    /** @param slots the machine is started with */
    MachineBoot(String machine, VmDirectory directory, VmProcess process, List<String> slots, Execution execution) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
        this.process = requireNonNull(process, "process");
        this.slots = List.copyOf(slots);
        this.execution = requireNonNull(execution, "execution");
    }

    /** Notes how far the machine has come. */
    void learn(Phase phase) {
        lastKnown = phase;
    }

    /** Returns how far it has come, as last known. */
    Phase phase() {
        if (!process.isRunning()) {
            return process.ended();
        }
        var known = lastKnown == Phase.STOPPED ? Phase.STARTING : lastKnown;
        if (known.compareTo(Phase.BACKDOOR) >= 0) {
            return known;
        }
        // Another shell may have started it, or somebody who did not wait.
        return process.wasReady() ? Phase.READY : process.hasAnswered() ? Phase.BACKDOOR : known;
    }

    /** See {@link QemuVm#awaitStart}. */
    void awaitStart(Deadline deadline) {
        awaitQemu(deadline);
        synchronized (this) {
            close();
            unwaitedFor = new BootWatch(directory, Console.begin(directory), this::learn, process::kill);
            unwaitedFor.start();
        }
    }

    private void awaitQemu(Deadline deadline) {
        Await.host().until(process.listening(slots), deadline);
        process.beginEvents(deadline);
    }

    /** See {@link QemuVm#awaitBackdoor}. */
    void awaitBackdoor(Consumer<Phase> news, Consumer<String> notes, Deadline deadline) {
        explained(() -> findBackdoor(news, notes, deadline));
    }

    /** See {@link QemuVm#awaitReady}. */
    void awaitReady(Consumer<Phase> news, Consumer<String> notes, Deadline deadline) {
        explained(() -> {
            findBackdoor(news, notes, deadline);
            execution.execute(ExecRequest.of(BOOT_IS_OVER), new PassedOnOutput(OutputSink.notes(notes)), deadline);
            reached(Phase.READY, news);
        });
    }

    /** See {@link QemuVm#reboot}. */
    void reboot(Deadline deadline) {
        var old = process.identity();
        try {
            execution.execute(ExecRequest.of("systemctl --no-block reboot"), new KeptOutput(), deadline);
        } catch (LabException e) {
            // A guest in a hurry does not answer any more.
            if (process.identity().equals(old) || !process.isRunning()) {
                throw e;
            }
        }
        var over = new Condition(
                machine + " to reboot",
                () -> {
                    process.requireRunning();
                    return new Observation(!process.identity().equals(old), "its guest shuts down");
                },
                "console " + machine + " shows how far it is");
        Await.host().until(over, deadline);
        lastKnown = Phase.STARTING;
    }

    private void explained(Runnable wait) {
        try {
            wait.run();
        } catch (DeadlineException e) {
            var console = Console.of(directory);
            throw new DeadlineException(
                    machine + ": the machine did not become ready in time; it came as far as " + lastKnown.word()
                            + console.quoted(),
                    directory.consoleLog().toString(),
                    console.ranOutOfMemory() ? Console.MORE_MEMORY : "run --timeout gives it more time");
        }
    }

    private void findBackdoor(Consumer<Phase> news, Consumer<String> notes, Deadline deadline) {
        // One that runs already may have panicked and started anew since its QEMU was started.
        long begin = lastKnown == Phase.STARTING ? Console.begin(directory) : Console.end(directory);
        try (var watch = new BootWatch(directory, begin, phase -> reached(phase, news), process::kill)) {
            watch.start();
            awaitQemu(deadline);
            execution.execute(ExecRequest.of("true"), new PassedOnOutput(OutputSink.notes(notes)), deadline);
        }
        reached(Phase.BACKDOOR, news);
        new RootGrowth(directory)
                .finish(
                        command -> execution.execute(ExecRequest.of(command), new KeptOutput(notes), deadline),
                        note -> notes.accept(machine + ": " + note));
    }

    private void reached(Phase phase, Consumer<Phase> news) {
        lastKnown = phase;
        if (phase == Phase.READY) {
            process.markReady();
        }
        news.accept(phase);
    }

    /** Says for somebody who could not wait for the guest any longer what its console does. */
    DeadlineException stillBooting(DeadlineException failure) {
        var told = new DeadlineException(
                failure.getMessage() + Console.of(directory).quoted(),
                directory.consoleLog().toString(),
                failure.hint());
        told.addSuppressed(failure);
        return told;
    }

    /** Watches no more. */
    @Override
    public synchronized void close() {
        if (unwaitedFor != null) {
            unwaitedFor.close();
            unwaitedFor = null;
        }
    }
}

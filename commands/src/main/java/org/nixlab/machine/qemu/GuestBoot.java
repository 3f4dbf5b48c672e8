package org.nixlab.machine.qemu;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.guest.GuestShell;
import org.nixlab.guest.channel.CommandLostException;
import org.nixlab.guest.channel.NotStartedException;
import org.nixlab.machine.host.Console;
import org.nixlab.machine.host.StandstillLook;
import org.nixlab.machine.host.StandstillWatch;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;

import static java.util.Objects.requireNonNull;

/**
 * The way into a guest from one boot to the next: its channels, which end when QEMU reports a reset, and the words for
 * what became of the guest. Safe for use by many threads.
 */
final class GuestBoot implements AutoCloseable {
    private static final Duration DYING = Duration.ofSeconds(2);

    /** So long a guest that serves no slot may be on its way down. */
    private static final Duration GOING_DOWN = Duration.ofSeconds(20);

    private final String machine;
    private final VmDirectory directory;
    private final VmProcess process;
    private final StandstillLook standstill;
    private final String identity;
    private final long consoleStart;
    private final QemuChannels channels;
    private final GuestShell shell;
    private final ResetWatch watch;
    private final StandstillWatch standstillWatch;

    private GuestBoot(String machine, VmDirectory directory, VmProcess process) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
        this.process = requireNonNull(process, "process");
        this.standstill = new StandstillLook(machine, process);
        this.consoleStart = Console.end(directory);
        this.identity = process.identity();
        this.channels = new QemuChannels(machine, directory, process);
        this.shell = new GuestShell(channels);
        this.watch = new ResetWatch(
                machine, process.events(), () -> process.isRunning() && isOver(), () -> shell.close(wayOfReset()));
        this.standstillWatch = new StandstillWatch(machine, directory, process);
    }

    /** Begins to watch the guest; the caller closes what is returned. */
    static GuestBoot watch(String machine, VmDirectory directory, VmProcess process) {
        var boot = new GuestBoot(machine, directory, process);
        boot.watch.start();
        boot.standstillWatch.start();
        return boot;
    }

    GuestShell shell() {
        return shell;
    }

    /** Returns whether the guest was reset or its QEMU ended, so that there are other channels or none. */
    boolean isOver() {
        return !process.identity().equals(identity);
    }

    /**
     * Does something with the guest.
     *
     * @param notes is told by another thread when the machine stands still meanwhile
     * @throws NotStartedException if the guest was reset before
     * @throws LabException (host) if the guest is reset or the machine ends meanwhile; it says why and shows the console.
     *     Also if the machine stands still when the time is over
     */
    <T> T explaining(Supplier<T> action, Consumer<String> notes) {
        try {
            return standstillWatch.during(notes, action);
        } catch (DeadlineException | CancelledException e) {
            if (process.hasDied()) {
                throw because(e);
            }
            if (e instanceof DeadlineException) {
                standstill.look().ifPresent(reason -> {
                    var failure = reason.failure(directory.state().toString());
                    failure.addSuppressed(e);
                    throw failure;
                });
            }
            throw e;
        } catch (NotStartedException e) {
            throw e;
        } catch (LabException e) {
            awaitItsFate();
            if (!process.isRunning()) {
                throw because(e);
            }
            throw isOver() ? reset(e) : e;
        }
    }

    /** As {@link #explaining(Supplier, Consumer)}, for somebody who need not know why it takes long. */
    <T> T explaining(Supplier<T> action) {
        return explaining(action, note -> {});
    }

    @Override
    public void close() {
        watch.close();
        standstillWatch.close();
        shell.close();
    }

    private String wayOfReset() {
        return console().panicked() ? "the guest's kernel panicked" : "the guest was reset";
    }

    private LabException reset(LabException failure) {
        // The channel ends at times before the reset is known that is the reason.
        var message =
                failure instanceof CommandLostException lost ? lost.messageBecause(wayOfReset()) : failure.getMessage();
        var console = console();
        return LabException.host(
                machine + ": " + message + (console.panicked() ? console.quotedPanic() : ""),
                directory.consoleLog().toString(),
                "it boots again; the next command waits for that",
                failure);
    }

    private Console console() {
        return Console.since(directory, consoleStart);
    }

    private LabException because(LabException failure) {
        var death = process.death();
        return new LabException(death.exitCode(), death.getMessage(), death.place(), death.hint(), failure);
    }

    /**
     * A lost channel is often the first sign of a QEMU that is about to be gone, or of a guest that goes down: its slots are
     * ended some time before it is reset.
     */
    private void awaitItsFate() {
        var dying = Deadline.in(DYING);
        var known = new Condition(
                "the end of " + machine,
                () -> new Observation(
                        !process.isRunning() || isOver() || dying.hasPassed() && channels.areServed(), ""),
                "");
        try {
            Await.host().until(known, Deadline.in(GOING_DOWN));
        } catch (DeadlineException e) {
            // It goes on without slots.
        }
    }
}

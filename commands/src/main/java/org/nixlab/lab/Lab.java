package org.nixlab.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.entrance.Forwards;
import org.nixlab.lab.entrance.SshHost;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Phase;
import org.nixlab.machine.Vm;
import org.nixlab.model.Network;
import org.nixlab.model.Selector;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.model.test.TestScript;

/**
 * A loaded network with its machines; it outlives the shell that started it.
 *
 * <p>Safe for use by many threads. Verbs on several machines work on all of them in parallel, try all, and then throw one
 * failure that names those that failed. Only the owner may start and stop machines; a second shell on the same lab is
 * joined to it and may look and talk.
 */
public interface Lab extends AutoCloseable {
    String name();

    /** Returns the directory the lab lives in; its state is in {@code .nixlab/NAME/} there. */
    Path directory();

    /** Returns what it was loaded with. */
    LoadRequest request();

    Network network();

    /** Returns the script of the test in the network file, if the lab was loaded with it and there is one. */
    Optional<TestScript> test();

    /** Returns what the machines run, unless somebody else built them. */
    GuestSystem guestSystem();

    /** Returns the documents of all options its machines support, sorted by name. */
    List<OptionDocument> options(Deadline deadline);

    /**
     * Returns what stands at a path of a machine's configuration: strings, numbers, booleans, null, lists, and maps by name.
     * What is none of these is named in guillemets.
     *
     * @param path the names on the way ({@code services}, {@code httpd}); none for the whole configuration
     * @param below how many sets and lists deep it is told
     * @throws LabException (usage) if there is no such thing
     */
    Object configuration(String machine, List<String> path, int below, Progress progress, Deadline deadline);

    /** Returns whether this is the shell that may change the lab, and if not, who owns it ({@code pid 1234}). */
    Ownership ownership();

    /**
     * Returns whether the network file, or a file it imports, changed since it was loaded, or a machine runs with an older
     * configuration than the one that was loaded.
     */
    boolean isStale();

    /**
     * Reads the network file again, and returns a line on every machine that is not what it was. Running machines stay as
     * they are until {@code restart}, or {@link #apply}.
     */
    List<String> reload(Progress progress, Deadline deadline);

    /**
     * Changes running machines into what they are declared to be, where that is possible without a restart: NixOS machines
     * whose hardware stays. Of the others it says so.
     *
     * @throws LabException if one cannot be built or changed
     */
    void apply(Progress progress, Deadline deadline);

    /**
     * Adds a machine that somebody else built to the lab, for good.
     *
     * @param script starts QEMU and hands it its own arguments, as {@code run-NAME-vm} of NixOS does
     * @throws LabException (usage) if there is such a machine already, it cannot have that name, or the script cannot be
     *     executed
     */
    void addMachine(String name, Path script);

    /**
     * Adds a machine that is started by a line for a shell.
     *
     * @param command starts QEMU; QEMU's arguments follow it
     * @throws LabException (usage) if there is such a machine already, or it cannot have that name
     */
    void addMachine(String name, String command);

    /**
     * Forgets a machine that was added; its disk is removed.
     *
     * @throws LabException (usage) if it was not added, or still runs
     */
    void removeMachine(String name);

    /** Returns one machine of the network. */
    Vm machine(String name);

    /** Builds what is stale and, if asked, leaves the {@code result} link. Returns the result directory. */
    Path build(Selector selector, BuildRequest request, Progress progress, Deadline deadline);

    /**
     * Builds what is stale, starts switches and machines, and returns when all are ready, or have come as far as asked for.
     * Machines that run already are left alone, and only waited for; where all have come so far it takes no time.
     *
     * @return what is known of them; unless they are to be ready, as it is seen from outside
     * @throws LabException (host) if a machine cannot start, dies, or is up with failed units; it names them
     */
    List<MachineStatus> run(Selector selector, RunRequest request, Progress progress, Deadline deadline);

    /** Shuts machines down cleanly, in the end by force; with the last one the switches and the runtime directory go. */
    void stop(Selector selector, Progress progress, Deadline deadline);

    /** Pulls the plug. */
    void kill(Selector selector, Deadline deadline);

    /** Stops and runs again, with what changed since. Links to backdoors that were there are there again. */
    List<MachineStatus> restart(Selector selector, RunRequest request, Progress progress, Deadline deadline);

    /**
     * Ends a lab of {@link Labs#fresh} and everything of it, without asking any machine: what was on the disks is gone. It is
     * done to its end also when the calling thread is, or was, interrupted. The lab starts nothing any more; doing it again
     * does nothing.
     *
     * @throws IllegalStateException if it is no such lab
     * @throws LabException (host) if something of it does not end, or cannot be removed
     */
    void discard(Deadline deadline);

    /**
     * Lets a lab of {@link Labs#fresh} stay after it is closed, for every shell that names it, until none of its machines
     * runs.
     *
     * @throws IllegalStateException if it is no such lab
     */
    void leaveUp();

    /** Returns whether any machine runs. */
    default boolean runs() {
        return network().machines().stream()
                .map(machine -> machine(machine.name()).phase())
                .anyMatch(phase -> phase != Phase.STOPPED && phase != Phase.FAILED);
    }

    /** Returns the forwarded ports. */
    Forwards forwards();

    /**
     * Lets ssh clients of the host into machines, through the backdoor: the machines need neither a network nor an ssh
     * server that runs. Stays until the lab's last machine stops. Machines that somebody else built are left out.
     *
     * @throws LabException (host) if the host has no {@code ssh-keygen}
     */
    List<SshHost> ssh(Selector selector, Deadline deadline);

    List<MachineStatus> status(Selector selector, Deadline deadline);

    /** Returns how long a piece of work may take when the user set no limit; longer without hardware acceleration. */
    Duration defaultTimeout(TimedWork work);

    /** Lets go of the lab. Running machines go on. */
    @Override
    void close();

    /** What has a default limit of time. */
    enum TimedWork {
        BUILD,
        RUN,
        STOP,
        /** One look at the guest that should be quick, for example for {@code status}. */
        LOOK,
        /** To get a terminal on the guest, which may have to plug in a channel first. */
        ATTACH,
        /** {@code succeed}, {@code waitForUnit} and their like in scripts. */
        SCRIPT
    }

    /**
     * Who may change a lab.
     *
     * @param owner whether it is this shell
     * @param holder who it is otherwise, for people, or empty
     */
    record Ownership(boolean owner, String holder) {}

    /**
     * @param outLink whether to leave a link {@code result} in the working directory
     * @param useBackdoor whether the built {@code bin/run-vms} leaves {@code ./<machine>.socket} where it is started
     */
    record BuildRequest(boolean outLink, boolean useBackdoor) {
        public BuildRequest(boolean outLink) {
            this(outLink, false);
        }
    }

    /** How far machines have to come. */
    enum Until {
        /** QEMU runs. The first command waits for the guest. */
        STARTED,
        /** A root shell answers. Nobody asks for failed units. */
        BACKDOOR,
        /** The guest has nothing more to start, and no unit has failed. */
        READY
    }

    /**
     * @param useBackdoor whether to leave {@code ./<machine>.socket} in the working directory
     * @param outLink whether to leave a link {@code result} there; a lab of {@link Labs#fresh} never does
     * @param bootLimit how long machines may take to come so far once they are built; empty for a default that depends on
     *     the acceleration
     * @param until when to return
     */
    record RunRequest(boolean useBackdoor, boolean outLink, Optional<Duration> bootLimit, Until until) {
        public RunRequest(boolean useBackdoor, boolean outLink, Optional<Duration> bootLimit) {
            this(useBackdoor, outLink, bootLimit, Until.READY);
        }

        public RunRequest(boolean useBackdoor, boolean outLink) {
            this(useBackdoor, outLink, Optional.empty());
        }

        public RunRequest withoutLink() {
            return new RunRequest(useBackdoor, false, bootLimit, until);
        }

        /** Returns a wish that leaves nothing in the working directory. */
        public static RunRequest until(Until until) {
            return new RunRequest(false, false, Optional.empty(), until);
        }
    }
}

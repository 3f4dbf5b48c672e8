package org.nixlab.lab.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.BuiltMachine;
import org.nixlab.machine.qemu.QemuVm;
import org.nixlab.model.Machine;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.nix.ConfigurationQuery;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.complaint.NixException;

/**
 * What the machines of one guest system are made with. There is one for each on a host, in use by all its labs and by many
 * threads. All that is above start scripts is the same for all systems and not here.
 *
 * <p>Whatever takes a deadline throws {@link org.nixlab.base.DeadlineException} when it is over, and
 * {@link org.nixlab.base.CancelledException} when the thread is interrupted.
 */
public interface GuestWorkshop {
    /** Returns what the machines of a request will be, for people. */
    String description(LoadRequest request);

    /**
     * Goes on if what a request names can become machines of this system, as far as that is known without Nix.
     *
     * @throws LabException (usage) if not
     */
    default void requireSupported(LoadRequest request) {}

    /**
     * Returns one that reads network files as this does, for who only wants to know whether that can be done: it remembers
     * none of them, builds nothing that an evaluation might want, and writes nothing to a flake.
     */
    GuestWorkshop forChecks();

    /** Returns whether something may name a tree of packages to build from; it is cheap to find out. */
    default boolean mayHaveTree(LoadRequest request) {
        return false;
    }

    /**
     * Returns the tree that is taken because the environment names it, and nobody else.
     *
     * @throws LabException (usage) if what names one names no tree; (host) if Nix is missing
     */
    default Optional<String> treeOfEnvironment(LoadRequest request, Deadline deadline) {
        return Optional.empty();
    }

    /**
     * Reads the network file.
     *
     * @throws NixException if the file is wrong
     * @throws LabException (usage) if there is no such file; (host) if Nix is missing
     */
    Evaluation evaluate(LoadRequest request, Progress progress, Deadline deadline);

    /** Returns what the network file was when it was last read, also if it has changed since, or is gone. */
    Optional<Evaluation> remembered(LoadRequest request);

    /**
     * Returns what stands at a path of a machine's configuration, as plain data.
     *
     * @throws LabException (usage) if there is no such thing; else as {@link #evaluate}
     */
    Object show(LoadRequest request, ConfigurationQuery query, Progress progress, Deadline deadline);

    /**
     * Returns the documents of all options that machines of this system support, sorted by name.
     *
     * @param nix what names the tree
     * @throws LabException (usage) if there is no tree; (host) if Nix is missing
     */
    List<OptionDocument> options(NixOptions nix, Deadline deadline);

    /** Returns those of the machines that a request is for. */
    default List<OptionDocument> options(LoadRequest request, Deadline deadline) {
        return options(request.nix(), deadline);
    }

    /** Returns the names of what would have to be compiled before machines can run. */
    default List<String> toCompile(LoadRequest request, List<Machine> machines, Progress progress, Deadline deadline) {
        return List.of();
    }

    /**
     * Builds machines, in parallel, and returns them in their order.
     *
     * @param roots a directory for links that keep what is not in nixlab's cache
     */
    List<BuiltMachine> build(
            LoadRequest request, List<Machine> machines, Path roots, Progress progress, Deadline deadline);

    /** Lets a link to a result keep what its machines need outside nixlab's cache, as long as it leads there. */
    default void keep(LoadRequest request, List<BuiltMachine> machines, Path link, Deadline deadline) {}

    /** Returns where in a machine the programs of its channels are. */
    String programs(Machine machine);

    /**
     * Returns why a machine that runs cannot become what it is declared to be by now without a restart; empty if it can.
     */
    default Optional<String> obstacle(QemuVm vm) {
        return Optional.of("only NixOS changes while it runs");
    }

    /**
     * Changes a machine that runs, has been built and meets no {@link #obstacle} into what it is declared to be.
     *
     * @throws LabException (host) if that fails; what was changed until then stays
     */
    default void reconfigure(QemuVm vm, Progress progress, Deadline deadline) {
        throw new IllegalStateException(vm.declared().name() + " has to be restarted");
    }

    /** Removes what network files left in nixlab's cache and none needs any more. */
    default void prune(Deadline deadline) {}
}

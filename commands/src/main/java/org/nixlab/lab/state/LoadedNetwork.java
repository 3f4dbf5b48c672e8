package org.nixlab.lab;

import java.nio.file.Path;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.model.Network;
import org.nixlab.model.NetworkChanges;
import org.nixlab.model.OptionDocument;
import org.nixlab.model.Selector;
import org.nixlab.nix.ConfigurationQuery;
import org.nixlab.nix.Evaluation;

import static java.util.Objects.requireNonNull;

/**
 * The network a lab was loaded with: what was asked for, what the file was when it was last read, and the machines that were
 * added to it. Safe for use by many threads.
 */
final class LoadedNetwork {
    private final LoadRequest request;
    private final GuestWorkshop workshop;
    private final ForeignMachines foreign;
    private volatile Evaluation evaluation;

    LoadedNetwork(LoadRequest request, GuestWorkshop workshop, ForeignMachines foreign, Evaluation evaluation) {
        this.request = requireNonNull(request, "request");
        this.workshop = requireNonNull(workshop, "workshop");
        this.foreign = requireNonNull(foreign, "foreign");
        this.evaluation = requireNonNull(evaluation, "evaluation");
    }

    /** Reads a network file, and says what its readers want the user to know. */
    static Evaluation read(LoadRequest request, GuestWorkshop workshop, Progress progress, Deadline deadline) {
        var evaluation = workshop.evaluate(request, progress, deadline);
        evaluation.notes().forEach(progress::note);
        return evaluation;
    }

    LoadRequest request() {
        return request;
    }

    /** Returns what its machines are made with, but for those that were added. */
    GuestWorkshop workshop() {
        return workshop;
    }

    Path file() {
        return request.file();
    }

    /** Returns all machines, as they were when last read. */
    Network network() {
        return foreign.joinedTo(declared());
    }

    /** Returns those of the file. */
    Network declared() {
        return evaluation.network();
    }

    /** Returns whether the file, or one that it imports, changed since. */
    boolean hasChanged() {
        return evaluation.sources().changed();
    }

    /** Reads the file again, and returns a line on every machine that is not what it was. */
    List<String> reload(Progress progress, Deadline deadline) {
        var before = declared();
        evaluation = read(request, workshop, progress, deadline);
        return NetworkChanges.between(before, declared());
    }

    /** Reads the file again if it has changed, and says so. */
    void refresh(Progress progress, Deadline deadline) {
        if (hasChanged()) {
            progress.note(file().getFileName() + " has changed; reading it again");
            reload(progress, deadline);
        }
    }

    void add(String name, Path script) {
        foreign.add(name, script, network());
    }

    void remove(String name) {
        foreign.remove(name);
    }

    List<OptionDocument> options(Deadline deadline) {
        return workshop.options(request, deadline);
    }

    /** Returns what {@link Lab#configuration} does. */
    Object configuration(String machine, List<String> path, int below, Progress progress, Deadline deadline) {
        var declared = new Selector(machine).select(network()).get(0);
        if (declared.isForeign()) {
            throw LabException.input(machine + " was built by somebody else; its configuration is not known", "", "");
        }
        return workshop.show(request, new ConfigurationQuery(declared.name(), path, below), progress, deadline);
    }
}

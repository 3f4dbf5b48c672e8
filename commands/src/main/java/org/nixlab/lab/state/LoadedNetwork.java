package org.nixlab.lab.state;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.system.GuestWorkshop;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Network;
import org.nixlab.model.NetworkChanges;
import org.nixlab.model.Selector;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.model.test.TestScript;
import org.nixlab.nix.ConfigurationQuery;
import org.nixlab.nix.Evaluation;

import static java.util.Objects.requireNonNull;

/**
 * The network a lab was loaded with: what was asked for, what the file was when it was last read, and the machines that were
 * added to it. Safe for use by many threads.
 */
public final class LoadedNetwork {
    private final LoadRequest request;
    private final GuestWorkshop workshop;
    private final ForeignMachines foreign;
    private volatile Evaluation evaluation;

    public LoadedNetwork(LoadRequest request, GuestWorkshop workshop, ForeignMachines foreign, Evaluation evaluation) {
        this.request = requireNonNull(request, "request");
        this.workshop = requireNonNull(workshop, "workshop");
        this.foreign = requireNonNull(foreign, "foreign");
        this.evaluation = requireNonNull(evaluation, "evaluation");
    }

    /** Reads a network file, and says what its readers want the user to know. */
    public static Evaluation read(LoadRequest request, GuestWorkshop workshop, Progress progress, Deadline deadline) {
        var evaluation = workshop.evaluate(request, progress, deadline);
        evaluation.notes().forEach(progress::note);
        return evaluation;
    }

    public LoadRequest request() {
        return request;
    }

    /** Returns what its machines are made with, but for those that were added. */
    public GuestWorkshop workshop() {
        return workshop;
    }

    public Path file() {
        return request.file();
    }

    /** Returns all machines, as they were when last read. */
    public Network network() {
        return foreign.joinedTo(declared());
    }

    /** Returns those of the file. */
    public Network declared() {
        return evaluation.network();
    }

    /** Returns the script of the test in the file, if it was asked for and there is one. */
    public Optional<TestScript> test() {
        return evaluation.test();
    }

    /** Returns whether the file, or one that it imports, changed since. */
    public boolean hasChanged() {
        return evaluation.sources().changed();
    }

    /** Reads the file again, and returns a line on every machine that is not what it was. */
    public List<String> reload(Progress progress, Deadline deadline) {
        var before = declared();
        evaluation = read(request, workshop, progress, deadline);
        return NetworkChanges.between(before, declared());
    }

    /** Reads the file again if it has changed, and says so. */
    public void refresh(Progress progress, Deadline deadline) {
        if (hasChanged()) {
            progress.note(file().getFileName() + " has changed; reading it again");
            reload(progress, deadline);
        }
    }

    public void add(String name, Path script) {
        foreign.add(name, script, network());
    }

    public void add(String name, String command) {
        foreign.add(name, command, network());
    }

    public void remove(String name) {
        foreign.remove(name);
    }

    public List<OptionDocument> options(Deadline deadline) {
        return workshop.options(request, deadline);
    }

    /** Returns what {@code Lab.configuration} does. */
    public Object configuration(String machine, List<String> path, int below, Progress progress, Deadline deadline) {
        var declared = new Selector(machine).select(network()).get(0);
        if (declared.isForeign()) {
            throw LabException.input(machine + " was built by somebody else; its configuration is not known", "", "");
        }
        return workshop.show(request, new ConfigurationQuery(declared.name(), path, below), progress, deadline);
    }
}

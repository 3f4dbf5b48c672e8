package org.nixlab.shell.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Closer;
import org.nixlab.base.Deadline;
import org.nixlab.lab.ImageSummary;
import org.nixlab.lab.Lab;
import org.nixlab.lab.Labs;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.option.OptionDocument;

import static java.util.Objects.requireNonNull;

/** Labs that are fresh whenever a network is loaded, and are discarded when this is closed. For one thread at a time. */
final class LabsOfRun implements Labs, AutoCloseable {
    /** Nobody is asked to shut down. */
    private static final Duration ENDING = Duration.ofSeconds(30);

    private final Labs labs;
    private final List<Lab> made = new ArrayList<>();

    LabsOfRun(Labs labs) {
        this.labs = requireNonNull(labs, "labs");
    }

    @Override
    public Lab fresh(LoadRequest request, Progress progress, Deadline deadline) {
        return keep(labs.fresh(request, progress, deadline));
    }

    @Override
    public Lab freshOf(String text, LoadRequest request, Progress progress, Deadline deadline) {
        return keep(labs.freshOf(text, request, progress, deadline));
    }

    private Lab keep(Lab lab) {
        made.add(lab);
        return lab;
    }

    @Override
    public Lab load(LoadRequest request, Progress progress, Deadline deadline) {
        return fresh(request, progress, deadline);
    }

    @Override
    public Lab look(LoadRequest request, Progress progress, Deadline deadline) {
        return fresh(request, progress, deadline);
    }

    @Override
    public Checked check(LoadRequest request, Progress progress, Deadline deadline) {
        return labs.check(request, progress, deadline);
    }

    /** Which network a run drives does not depend on what else runs. */
    @Override
    public Meant meant(Path directory, Optional<String> name, Use use, Progress progress) {
        return labs.meant(directory, name, Use.CHANGE, progress);
    }

    /** A directory's lab stands for its network. */
    @Override
    public Lab open(Path directory, Optional<String> name, Progress progress, Deadline deadline) {
        try (var lab = labs.open(directory, name, progress, deadline)) {
            return fresh(lab.request(), progress, deadline);
        }
    }

    @Override
    public boolean isLabIn(Path directory) {
        return labs.isLabIn(directory);
    }

    @Override
    public List<OptionDocument> options(GuestSystem system, NixOptions nix, Deadline deadline) {
        return labs.options(system, nix, deadline);
    }

    @Override
    public List<ImageSummary> images() {
        return labs.images();
    }

    @Override
    public List<ImageSummary> pruneImages(Deadline deadline) {
        return labs.pruneImages(deadline);
    }

    /** Lets the last one stay, if its machines run. */
    void leaveUp() {
        if (!made.isEmpty() && made.get(made.size() - 1).runs()) {
            made.remove(made.size() - 1).leaveUp();
        }
    }

    @Override
    public void close() {
        var closer = new Closer();
        made.forEach(lab -> closer.register(() -> lab.discard(Deadline.in(ENDING))));
        made.clear();
        closer.close();
    }
}

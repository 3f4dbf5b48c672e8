package org.nixlab.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.ImageSummary;
import org.nixlab.lab.Lab;
import org.nixlab.lab.Labs;
import org.nixlab.lab.LoadRequest;
import org.nixlab.lab.Progress;
import org.nixlab.model.OptionDocument;

/** Stands where the labs of this host will. */
final class NoLabs implements Labs {
    @Override
    public Lab load(LoadRequest request, Progress progress, Deadline deadline) {
        throw none();
    }

    @Override
    public Lab open(Path directory, Optional<String> name, Progress progress, Deadline deadline) {
        throw none();
    }

    @Override
    public List<OptionDocument> options(Deadline deadline) {
        throw none();
    }

    @Override
    public List<ImageSummary> images() {
        throw none();
    }

    @Override
    public List<ImageSummary> pruneImages(Deadline deadline) {
        throw none();
    }

    private static LabException none() {
        return LabException.host("labs are not part of this build", "", "");
    }
}

package org.nixlab.lab;

import java.util.Optional;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.state.PassingDirectory;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.Progress;

/**
 * Whether network files can be read. Nothing is left of them. Safe for use by many threads.
 *
 * @param workshops those for checks
 */
record NetworkCheck(Workshops workshops) {
    /** Returns what a request with whole paths, of a file or a flake, comes to. */
    Labs.Checked of(LoadRequest request, Progress progress, Deadline deadline) {
        if (request.flake().isEmpty()) {
            return read(request, progress, deadline);
        }
        // The file that stands for an output has its place in a lab, and here is none.
        try (var place = PassingDirectory.make()) {
            return read(request.withFile(place.path().resolve(request.file().getFileName())), progress, deadline);
        }
    }

    private Labs.Checked read(LoadRequest request, Progress progress, Deadline deadline) {
        GuestSystem system = request.guestSystem();
        try {
            var chosen = new GuestChoice(workshops).choose(request, progress, deadline);
            system = chosen.system();
            var workshop = workshops.of(system);
            var settled = request.withGuestSystem(system);
            var evaluation = chosen.evaluation().orElseGet(() -> workshop.evaluate(settled, progress, deadline));
            evaluation.notes().forEach(progress::note);
            return new Labs.Checked(system, Optional.of(evaluation.network()), Optional.empty());
        } catch (CancelledException e) {
            throw e;
        } catch (LabException e) {
            return new Labs.Checked(system, Optional.empty(), Optional.of(e));
        }
    }
}

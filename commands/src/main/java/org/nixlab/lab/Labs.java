package org.nixlab.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Network;
import org.nixlab.model.option.OptionDocument;

import static java.util.Objects.requireNonNull;

/** Where labs come from, and what exists without one. */
public interface Labs {
    /**
     * Loads a network file and opens its lab, running or not. The caller closes the lab, which leaves its machines alone.
     *
     * @throws LabException if the file is wrong (usage or build), or another lab's
     */
    Lab load(LoadRequest request, Progress progress, Deadline deadline);

    /**
     * Loads a network file as {@link #load} does, but to look at it: unless the request says more than which file, nothing is
     * written until the lab is first built, run or changed.
     *
     * @throws LabException as {@link #load}
     */
    Lab look(LoadRequest request, Progress progress, Deadline deadline);

    /**
     * Reads a network file as {@link #load} does, and leaves nothing of it: no lab, no state, nothing to come back to. What a
     * lab of it was loaded with stands here, too. Several may be read at the same time.
     *
     * @param progress also hears what would be said to the user if the file were loaded
     * @throws LabException (usage) if the lab's name can be none
     * @throws CancelledException if the thread is interrupted
     */
    Checked check(LoadRequest request, Progress progress, Deadline deadline);

    /**
     * Returns which lab is meant in a directory. Where there are none, those of the nearest directory above count that has
     * some.
     *
     * @param name its name, or empty for the only one; those of {@link #fresh} have to be named
     * @param use what for: to look at, of several labs the only one that runs will do
     * @param progress hears of labs whose state is damaged
     * @throws LabException (usage) if there is none, or it is not clear which is meant
     */
    Meant meant(Path directory, Optional<String> name, Use use, Progress progress);

    /**
     * Opens the lab of a directory that was loaded there before, for one-shot verbs.
     *
     * @param name the lab's name, or empty for the directory's only one; those of {@link #fresh} have to be named
     * @throws LabException (usage) if there is none, or several and no name was given
     */
    Lab open(Path directory, Optional<String> name, Progress progress, Deadline deadline);

    /**
     * Makes a lab for one run: with the machines of a network file, new disks, and a place of its own. Any number of such labs
     * of one file run side by side, beside the lab that {@link #load} gives, from which only stands what a user said before and
     * the request says nothing of. What dead runs have left in the same directory is removed.
     *
     * <p>The caller {@linkplain Lab#discard discards} it, or {@linkplain Lab#leaveUp leaves it up} and closes it. If he is
     * killed before, the next run does it.
     *
     * @throws LabException as {@link #load}
     */
    Lab fresh(LoadRequest request, Progress progress, Deadline deadline);

    /**
     * As {@link #fresh}, of a network that is in no file of its own: it is written to a hidden one for as long as the lab is
     * there.
     *
     * @param text the network
     * @param request its file is the one that the text is of, a scenario: relative paths start from its directory, and the lab
     *     bears its name
     */
    Lab freshOf(String text, LoadRequest request, Progress progress, Deadline deadline);

    /** Returns whether a lab was loaded in a directory. */
    boolean isLabIn(Path directory);

    /**
     * Returns the documents of all options that guests support, sorted by name.
     *
     * @param system {@link GuestSystem#NIXOS} for those of a nixpkgs tree, else those of Debian guests
     * @param nix what names the tree
     * @throws LabException (usage) if there is no tree; (host) if Nix is missing
     */
    List<OptionDocument> options(GuestSystem system, NixOptions nix, Deadline deadline);

    /** Returns the cached image layers, the most recently used first. */
    List<ImageSummary> images();

    /** Removes cached layers that no built machine uses, and returns them. */
    List<ImageSummary> pruneImages(Deadline deadline);

    /** What a lab is wanted for. */
    enum Use {
        /** To look at it, and to talk to its machines. */
        LOOK,
        /** To start or stop machines, or to make them others. */
        CHANGE
    }

    /**
     * A lab that is meant.
     *
     * @param home the directory that it is in
     * @param isGuess whether there are others, and it is this one because it runs
     */
    record Meant(Path home, String name, boolean isGuess) {
        public Meant {
            requireNonNull(home, "home");
            requireNonNull(name, "name");
        }
    }

    /**
     * What came of reading a network file: the network, or what stands against it.
     *
     * @param guestSystem what its machines would run; {@link GuestSystem#AUTO} if it did not come to a choice
     * @param complaint what {@link #load} would fail with
     */
    record Checked(GuestSystem guestSystem, Optional<Network> network, Optional<LabException> complaint) {
        public Checked {
            requireNonNull(guestSystem, "guestSystem");
            requireNonNull(network, "network");
            requireNonNull(complaint, "complaint");
        }
    }
}

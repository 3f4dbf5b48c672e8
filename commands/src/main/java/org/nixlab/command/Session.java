package org.nixlab.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.base.LabException;
import org.nixlab.lab.Lab;
import org.nixlab.lab.Labs;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;

/** The lab that verbs work on, one at a time. Safe for use by many threads; looking at the current lab never blocks. */
public final class Session implements AutoCloseable {
    /** How long reading a network may take where the user set no limit. */
    public static final Duration LOADING = Duration.ofMinutes(5);

    private final Labs labs;
    private final Path directory;
    private final Choice choice;
    private volatile Optional<Lab> current = Optional.empty();
    private volatile boolean ranWhenOpened;
    private boolean isGuess; // guarded by this
    private Optional<String> taken = Optional.empty(); // guarded by this

    /**
     * @param directory the working directory, which relative paths start from
     * @param choice what the command line said
     */
    public Session(Labs labs, Path directory, Choice choice) {
        this.labs = labs;
        this.directory = directory;
        this.choice = choice;
    }

    public Labs labs() {
        return labs;
    }

    public Path directory() {
        return directory;
    }

    public Choice choice() {
        return choice;
    }

    /** Returns the lab as it is, without opening one. */
    public Optional<Lab> current() {
        return current;
    }

    /**
     * Returns the current lab; without one, opens the lab that is meant in the working directory.
     *
     * @param untold is told which lab was taken, once, where it is none that the user must have had in mind
     * @throws LabException (usage) if it is not clear which is meant for this use
     */
    public synchronized Lab lab(Labs.Use use, Consumer<String> untold, Progress progress) {
        // What is to change has to be clear, also once it was looked at.
        var guessed = current.filter(lab -> use == Labs.Use.CHANGE && isGuess);
        if (current.isEmpty() || guessed.isPresent()) {
            open(use, progress);
            guessed.ifPresent(Lab::close);
        }
        taken.ifPresent(untold);
        taken = Optional.empty();
        return current.get();
    }

    /**
     * Comes back to the lab that is meant in the working directory, to look at it, if there is one and none is current. Whether
     * a lab further up is meant, and can be opened, matters only to who asks for one.
     *
     * @throws LabException (usage) if it is not clear which lab of the directory itself is meant
     */
    public synchronized void comeBack(Progress progress) {
        if (current.isPresent()) {
            return;
        }
        try {
            open(Labs.Use.LOOK, progress);
        } catch (LabException e) {
            if (e instanceof CancelledException || labs.isLabIn(directory)) {
                throw e;
            }
        }
    }

    /**
     * Has the current lab be the one that is meant for everything, as it is where the user sees which it is.
     *
     * @param untold as for {@link #lab}
     */
    public synchronized void settle(Consumer<String> untold) {
        isGuess = false;
        taken.ifPresent(untold);
        taken = Optional.empty();
    }

    private void open(Labs.Use use, Progress progress) {
        var meant = labs.meant(directory, choice.labName(), use, progress);
        become(labs.open(meant.home(), Optional.of(meant.name()), progress, Deadline.in(LOADING)));
        isGuess = meant.isGuess();
        taken = taken(meant);
    }

    /** Returns a line on a lab that the user did not name and is not the only one here. */
    private Optional<String> taken(Labs.Meant meant) {
        boolean isHere = meant.home().equals(directory);
        if (isHere && !meant.isGuess()) {
            return Optional.empty();
        }
        var place = isHere ? "" : " of " + meant.home();
        var reason = meant.isGuess() ? ", the only one that runs " + (isHere ? "here" : "there") : "";
        return Optional.of("lab " + meant.name() + place + reason);
    }

    /** Returns the wish to load what a user named, a file or an output of a flake, with what the command line chose. */
    public LoadRequest request(String named) {
        var found = LoadRequest.of(named, directory);
        return new LoadRequest(
                found.file(),
                found.flake(),
                choice.labName(),
                choice.guestSystem(),
                choice.mirror(),
                choice.nix(),
                found.part(),
                choice.detail());
    }

    /** Loads a network and makes its lab the current one. The one before is let go of; its machines go on. */
    public synchronized Lab load(LoadRequest request, Progress progress, Deadline deadline) {
        // One that cannot be loaded leaves the one before in its place.
        return becomeCurrent(labs.load(request, progress, deadline));
    }

    /** Loads a network as {@link #load} does, to look at it; nothing is written before more than that is done. */
    public synchronized Lab look(LoadRequest request, Progress progress, Deadline deadline) {
        return becomeCurrent(labs.look(request, progress, deadline));
    }

    /** Makes a lab the current one, which was opened for this session alone. */
    public synchronized Lab take(Lab lab) {
        return becomeCurrent(lab);
    }

    private Lab becomeCurrent(Lab lab) {
        current.ifPresent(Lab::close);
        become(lab);
        return lab;
    }

    private void become(Lab lab) {
        isGuess = false;
        taken = Optional.empty();
        ranWhenOpened = lab.runs();
        current = Optional.of(lab);
    }

    /** Returns whether machines of the current lab were running already when it became the current one. */
    public boolean ranWhenOpened() {
        return ranWhenOpened;
    }

    /** Lets go of the current lab; its machines go on. */
    @Override
    public synchronized void close() {
        current.ifPresent(Lab::close);
        current = Optional.empty();
    }

    /**
     * What the command line chose for all labs.
     *
     * @param labName {@code --lab}
     * @param guestSystem {@code --guest}
     * @param mirror {@code --mirror}
     * @param nix what is said to Nix
     * @param detail {@code --all}, {@code --show-trace}
     * @param outLink not {@code --no-out-link}
     */
    public record Choice(
            Optional<String> labName,
            GuestSystem guestSystem,
            Optional<String> mirror,
            NixOptions nix,
            Detail detail,
            boolean outLink) {
        public static final Choice DEFAULT =
                new Choice(Optional.empty(), GuestSystem.AUTO, Optional.empty(), NixOptions.NONE, Detail.SCREEN, true);
    }
}

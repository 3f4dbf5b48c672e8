package org.nixlab.lab.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.process.Lease;

import static java.util.Objects.requireNonNull;

/**
 * The labs of single runs in one home: made, removed, and cleaned up after runs that could not do it themselves. One process
 * at a time does so, under a lease. Safe for use by many threads.
 */
public final class FreshLabs {
    /** No name that a user gives a lab ends so, but that of a network file may. */
    private static final Pattern NAME = Pattern.compile(".+@\\d{1,9}");

    private final Path home;
    private final StateRoot root;
    private final BiConsumer<LabDirectory, Deadline> plug;
    private final Consumer<String> notes;

    /**
     * @param plug ends all that a lab runs, and removes its runtime directory
     * @param notes is told what could not be cleaned up
     */
    public FreshLabs(Path home, BiConsumer<LabDirectory, Deadline> plug, Consumer<String> notes) {
        this.home = requireNonNull(home, "home");
        this.root = new StateRoot(home);
        this.plug = requireNonNull(plug, "plug");
        this.notes = requireNonNull(notes, "notes");
    }

    /**
     * A lab that was just made.
     *
     * @param lock has been taken; whoever has the lab closes it
     */
    public record Made(FreshLab lab, LabLock lock) {}

    /**
     * Makes a lab of which nothing was there before, when what dead runs have left is removed.
     *
     * @param name what its name begins with
     * @param text of the network file that is written for it, if that is for this run alone
     */
    public Made make(String name, Optional<String> text, Deadline deadline) {
        return alone(deadline, () -> {
            removeDead(deadline);
            var lab = firstFree(name);
            Files.createDirectory(lab.directory().state());
            lab.mark(text.isPresent());
            var lock = new LabLock(lab.directory().name(), lab.directory().lock());
            try {
                lock.take();
                // The state of one that bore its name may have been removed under its machines.
                if (Files.exists(lab.directory().runtime())) {
                    plug.accept(lab.directory(), deadline);
                }
                lab.directory().makeState();
                if (text.isPresent()) {
                    Files.writeString(lab.file(), text.get());
                }
            } catch (IOException | RuntimeException e) {
                lock.close();
                lab.delete();
                throw e;
            }
            return new Made(lab, lock);
        });
    }

    private FreshLab firstFree(String name) {
        for (int number = 1; ; number++) {
            var lab = new FreshLab(new LabDirectory(home, name + "@" + number));
            if (!Files.exists(lab.directory().state()) && !Files.exists(lab.file())) {
                return lab;
            }
        }
    }

    /** Removes what dead runs have left. */
    public void clean(Deadline deadline) {
        if (!candidates().isEmpty()) {
            alone(deadline, () -> {
                removeDead(deadline);
                root.deleteIfUnused(lease());
                return home;
            });
        }
    }

    /** Removes a lab whose machines have been ended, and the home's directory of states if that held nothing else. */
    public void remove(FreshLab lab, Deadline deadline) {
        if (Files.exists(lab.directory().state())) {
            alone(deadline, () -> {
                lab.delete();
                root.deleteIfUnused(lease());
                return home;
            });
        }
    }

    private List<FreshLab> candidates() {
        return root.entries().stream()
                .map(entry -> entry.getFileName().toString())
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> new FreshLab(new LabDirectory(home, name)))
                .toList();
    }

    private void removeDead(Deadline deadline) {
        for (var lab : candidates()) {
            try {
                removeIfDead(lab, deadline);
            } catch (LabException | IOException | UncheckedIOException e) {
                notes.accept("what an earlier run left could not be removed: " + e.getMessage() + " ("
                        + lab.directory().state() + ")");
            }
        }
    }

    private void removeIfDead(FreshLab lab, Deadline deadline) throws IOException {
        var directory = lab.directory();
        if (!lab.isMarked()) {
            // Whoever made it was killed before the mark stood; or else it is the user's.
            directory.deleteEmptyState();
            return;
        }
        try (var lease = Lease.tryTake(directory.lock()).orElse(null)) {
            if (lease != null && (!lab.isKept() || new Undeclared(directory).noneRuns())) {
                plug.accept(directory, deadline);
                lab.delete();
            }
        }
    }

    /** Does something as the only one in this home. */
    private <T> T alone(Deadline deadline, Lease.Action<T> action) {
        while (true) {
            root.make(root.path());
            try {
                return Lease.holding(lease(), "the runs in " + home, deadline, () -> {
                    root.hideFromGit();
                    return action.run();
                });
            } catch (NoSuchFileException e) {
                // The last run here may just have removed it.
                if (Files.isDirectory(root.path()) || deadline.hasPassed()) {
                    throw new UncheckedIOException(e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Path lease() {
        return root.path().resolve(".fresh");
    }
}

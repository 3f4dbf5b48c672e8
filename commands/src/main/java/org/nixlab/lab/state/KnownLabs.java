package org.nixlab.lab.state;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.nixlab.base.LabException;

/** Which of the labs that are in a directory somebody means. */
public final class KnownLabs {
    private final Path home;
    private final List<LabDirectory> loaded;
    private final List<LabDirectory> fresh;

    public KnownLabs(Path home) {
        this.home = home;
        this.loaded = LabDirectory.in(home);
        this.fresh = LabDirectory.freshIn(home);
    }

    /**
     * Returns the directory itself if there are labs in it, else the nearest one above it that has some, as git finds its
     * own; without any, the directory itself. What another user put further up is not looked at: a lab can name programs.
     */
    public static Path nearestHome(Path directory) {
        if (isHome(directory)) {
            return directory;
        }
        return Stream.iterate(directory.toAbsolutePath().normalize().getParent(), Objects::nonNull, Path::getParent)
                .filter(above -> new StateRoot(above).isOwn() && isHome(above))
                .findFirst()
                .orElse(directory);
    }

    private static boolean isHome(Path directory) {
        return !LabDirectory.in(directory).isEmpty()
                || !LabDirectory.freshIn(directory).isEmpty();
    }

    /** Returns whether it is clear without a name which lab is meant: no other was loaded there. */
    public boolean isClear() {
        return loaded.size() == 1;
    }

    /**
     * Returns the lab of a name as {@link #find} does; without one, the only one that runs where there are several.
     *
     * @throws LabException (usage) if there is none, or without a name none that is meant more than others
     */
    public LabDirectory findRunning(Optional<String> name) {
        if (name.isPresent() || isClear()) {
            return find(name);
        }
        var running = (loaded.isEmpty() ? fresh : loaded)
                .stream().filter(lab -> !new Undeclared(lab).noneRuns()).toList();
        if (running.size() > 1) {
            throw failure(
                    "more than one lab runs in this directory", "say which with --lab: " + names(running.stream()));
        }
        return running.isEmpty() ? find(name) : running.get(0);
    }

    /**
     * Returns the lab of a name, or without one the only one; those of single runs have to be named.
     *
     * @throws LabException (usage) if there is none, or without a name several
     */
    public LabDirectory find(Optional<String> name) {
        return name.map(this::named).orElseGet(this::onlyOne);
    }

    private LabDirectory named(String name) {
        return all().filter(lab -> lab.name().equals(name))
                .findFirst()
                .orElseThrow(() -> all().findAny()
                        .map(other -> failure("there is no lab " + name + " here", "the labs are: " + names(all())))
                        .orElseGet(this::none));
    }

    private LabDirectory onlyOne() {
        if (loaded.size() > 1) {
            throw failure(
                    "there is more than one lab in this directory", "say which with --lab: " + names(loaded.stream()));
        }
        if (loaded.isEmpty() && !fresh.isEmpty()) {
            throw failure(
                    "all labs in this directory are of single runs", "say which with --lab: " + names(fresh.stream()));
        }
        return loaded.stream().findFirst().orElseThrow(this::none);
    }

    private LabException none() {
        return failure("there is no lab in this directory", "load FILE.nix makes one");
    }

    private LabException failure(String message, String hint) {
        return LabException.input(message, home.toString(), hint);
    }

    private Stream<LabDirectory> all() {
        return Stream.concat(loaded.stream(), fresh.stream());
    }

    private static String names(Stream<LabDirectory> labs) {
        return labs.map(LabDirectory::name).collect(Collectors.joining(" "));
    }
}

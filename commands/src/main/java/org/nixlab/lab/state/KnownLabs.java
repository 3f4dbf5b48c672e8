package org.nixlab.lab.state;

import java.nio.file.Path;
import java.util.List;
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

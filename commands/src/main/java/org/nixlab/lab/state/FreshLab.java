package org.nixlab.lab.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A lab that is one run's own, with disks that begin empty. A mark in its state says so, and what is to become of it: it goes
 * with the run, or stays after it until none of its machines runs.
 */
public record FreshLab(LabDirectory directory) {
    private static final String KEPT = "kept";
    private static final String WRITTEN = "written";

    public FreshLab {
        requireNonNull(directory, "directory");
    }

    /** Returns whether a lab is of this kind. */
    public boolean isMarked() {
        return Files.exists(mark());
    }

    /**
     * Says what a directory is that was just made.
     *
     * @param isWritten whether {@link #file()} is written for this run
     */
    void mark(boolean isWritten) throws IOException {
        Files.writeString(mark(), isWritten ? WRITTEN + "\n" : "");
    }

    /** Lets it stay after the run. */
    public void keep() {
        try {
            Drafts.write(mark(), (isWritten() ? WRITTEN + "\n" : "") + KEPT + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isKept() {
        return words().contains(KEPT);
    }

    /**
     * Returns where the network file is that is written for one run alone: beside what it is of, so that it finds the same
     * files.
     */
    public Path file() {
        return directory.home().resolve("." + directory.name() + ".nix");
    }

    boolean isWritten() {
        return words().contains(WRITTEN);
    }

    /** The mark goes last, so that what is left by somebody who was killed meanwhile is found again. */
    void delete() throws IOException {
        if (isWritten()) {
            Files.deleteIfExists(file());
        }
        directory.deleteState(mark());
    }

    private List<String> words() {
        try {
            return Files.readAllLines(mark());
        } catch (IOException e) {
            return List.of();
        }
    }

    private Path mark() {
        return directory.state().resolve("fresh");
    }
}

package org.nixlab.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.model.OptionDocument;

import static java.util.Objects.requireNonNull;

/** Labs on this host. */
public final class LocalLabs implements Labs {
    private final Workshop workshop;

    public LocalLabs(Host host) {
        this.workshop = new Workshop(requireNonNull(host, "host"));
    }

    @Override
    public Lab load(LoadRequest wish, Progress progress, Deadline deadline) {
        var request = wish.withGuestSystem(workshop.choose(wish, progress, deadline));
        request.labName().ifPresent(LabDirectory::checkName);
        var file = request.file().toAbsolutePath().normalize();
        var evaluation = workshop.evaluate(request, progress, deadline);
        var directory = directory(file, request.labName().orElse(stem(file)));
        directory.load().filter(earlier -> !earlier.file().equals(file)).ifPresent(earlier -> {
            throw LabException.input(
                    "the lab " + directory.name() + " was loaded from another file: " + earlier.file(),
                    directory.state().toString(),
                    "give this one a name of its own with --lab NAME");
        });
        directory.makeState();
        directory.save(request);
        return new LocalLab(request, directory, workshop, evaluation);
    }

    @Override
    public Lab open(Path home, Optional<String> name, Progress progress, Deadline deadline) {
        var known = LabDirectory.in(home);
        var names = known.stream().map(LabDirectory::name).collect(Collectors.joining(" "));
        var matching = known.stream()
                .filter(lab -> name.isEmpty() || lab.name().equals(name.get()))
                .toList();
        if (known.isEmpty()) {
            throw LabException.input("there is no lab in this directory", home.toString(), "load FILE.nix makes one");
        }
        if (matching.isEmpty()) {
            throw LabException.input(
                    "there is no lab " + name.get() + " here", home.toString(), "the labs are: " + names);
        }
        if (matching.size() > 1) {
            throw LabException.input(
                    "there is more than one lab in this directory", home.toString(), "say which with --lab: " + names);
        }
        var directory = matching.get(0);
        var request = directory.load().orElseThrow();
        // Coming back must not wait for Nix, nor fail because the file was broken meanwhile: the machines are what it
        // was
        // when they were built.
        var evaluation = workshop.remembered(request).orElseGet(() -> workshop.evaluate(request, progress, deadline));
        return new LocalLab(request, directory, workshop, evaluation);
    }

    @Override
    public List<OptionDocument> options(Deadline deadline) {
        return workshop.options(deadline);
    }

    @Override
    public List<ImageSummary> images() {
        return workshop.images();
    }

    @Override
    public List<ImageSummary> pruneImages(Deadline deadline) {
        return workshop.pruneImages(deadline);
    }

    /** A lab lives beside its network file, so that it is found again from wherever the file is loaded. */
    private LabDirectory directory(Path file, String name) {
        var beside = file.getParent();
        boolean usable = Files.isWritable(beside);
        return new LabDirectory(usable ? beside : workshop.host().workingDirectory(), name);
    }

    private static String stem(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".nix") && name.length() > 4 ? name.substring(0, name.length() - 4) : name;
    }
}

package org.nixlab.nix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.nixlab.model.Origin;
import org.nixlab.model.StoreItem;
import org.nixlab.nix.complaint.NixException;
import org.nixlab.nix.plan.Json;
import org.nixlab.nix.plan.PlanReader;
import org.nixlab.nix.plan.PrivateStore;

/** The newest evaluation of each network file, one JSON file each, and the protection of what they need in the store. */
public final class RememberedEvaluations {
    private final Path directory;
    private final PrivateStore store;
    private final boolean isFixed;

    public RememberedEvaluations(Path directory, PrivateStore store) {
        this(directory, store, false);
    }

    private RememberedEvaluations(Path directory, PrivateStore store, boolean isFixed) {
        this.directory = directory;
        this.store = store;
        this.isFixed = isFixed;
    }

    /** Returns what is remembered, for somebody whose own evaluations are not. */
    public RememberedEvaluations fixed() {
        return new RememberedEvaluations(directory, store, true);
    }

    /**
     * Writes an evaluation down in the place of the last one of its network file, unless this is {@link #fixed}, and returns
     * it in the model.
     */
    public Evaluation save(RememberedEvaluation evaluation) {
        var result = evaluation(evaluation);
        if (isFixed) {
            return result;
        }
        var name = name(evaluation);
        var storePaths = result.network().machines().stream()
                .flatMap(machine -> machine.origin() instanceof Origin.Debian debian
                        ? debian.configuration().store().stream()
                        : Stream.empty())
                .map(StoreItem::path)
                .collect(Collectors.toSet());
        try {
            if (!storePaths.isEmpty()) {
                store.keep(name, storePaths);
            }
            Files.createDirectories(directory);
            var draft = Files.createTempFile(directory, name, ".draft");
            Files.write(draft, Json.write(evaluation));
            Files.move(draft, file(name), StandardCopyOption.ATOMIC_MOVE);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("could not remember the evaluation of " + evaluation.networkFile(), e);
        }
    }

    /**
     * Returns the newest evaluation of a network file if these expressions made it and its store paths exist. The file
     * itself may be gone meanwhile.
     */
    public Optional<Evaluation> find(Path networkFile, NetworkPart part, String expressions) {
        return newest(networkFile, part)
                .filter(found -> found.expressions().equals(expressions))
                .flatMap(this::read);
    }

    /** Returns the newest evaluation of a network file whatever made it, if it can still be read. */
    public Optional<Evaluation> findNewest(Path networkFile, NetworkPart part) {
        return newest(networkFile, part).flatMap(this::read);
    }

    private Optional<Evaluation> read(RememberedEvaluation found) {
        try {
            return Optional.of(evaluation(found));
        } catch (NixException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private Optional<RememberedEvaluation> newest(Path networkFile, NetworkPart part) {
        try {
            return Json.remembered(file(name(known(networkFile).toString(), part)), RememberedEvaluation.class);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Forgets evaluations of network files that are gone, and ends the protection of what they need. */
    public void forgetLostNetworks() throws IOException {
        var kept = new HashSet<String>();
        if (Files.isDirectory(directory)) {
            try (var list = Files.newDirectoryStream(directory, "*.json")) {
                for (var file : list) {
                    var found = Json.remembered(file, RememberedEvaluation.class)
                            .filter(evaluation -> Files.exists(Path.of(evaluation.networkFile())));
                    if (found.isPresent()) {
                        kept.add(name(found.get()));
                    } else {
                        Files.delete(file);
                    }
                }
            }
        }
        store.keepOnly(kept);
    }

    private Evaluation evaluation(RememberedEvaluation evaluation) {
        var reader = new PlanReader(store);
        var network = reader.read(evaluation.plan());
        var warnings = network.machines().stream()
                .flatMap(machine -> machine.warnings().stream())
                .toList();
        var notes = new ArrayList<>(EvaluationLog.without(evaluation.notes(), warnings));
        network.machines()
                .forEach(machine -> machine.warnings().forEach(warning -> notes.add(machine.name() + ": " + warning)));
        return new Evaluation(network, reader.test(evaluation.plan()), new Sources(evaluation.sources()), notes);
    }

    private static Path known(Path networkFile) throws IOException {
        if (Files.exists(networkFile)) {
            return networkFile.toRealPath();
        }
        var file = networkFile.toAbsolutePath().normalize();
        return file.getParent().toRealPath().resolve(file.getFileName());
    }

    private Path file(String name) {
        return directory.resolve(name + ".json");
    }

    private static String name(RememberedEvaluation evaluation) {
        return name(evaluation.networkFile(), evaluation.part());
    }

    private static String name(String networkFile, NetworkPart part) {
        var text = networkFile + (part.equals(NetworkPart.ALL) ? "" : "\n" + part);
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}

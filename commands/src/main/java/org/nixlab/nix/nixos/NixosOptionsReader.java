package org.nixlab.nix.nixos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.nix.EvaluationLog;
import org.nixlab.nix.Expressions;
import org.nixlab.nix.Sources;
import org.nixlab.nix.complaint.NixTranslation;
import org.nixlab.nix.plan.Json;

/** Reads the documents of all options of NixOS from a nixpkgs tree, and remembers them as long as the tree stays as it is. */
public final class NixosOptionsReader {
    private final Path cache;
    private final Map<String, String> environment;

    /**
     * @param cache nixlab's cache
     * @param environment the user's environment
     */
    public NixosOptionsReader(Path cache, Map<String, String> environment) {
        this.cache = cache.toAbsolutePath();
        this.environment = Map.copyOf(environment);
    }

    /**
     * Returns all documents, sorted by name.
     *
     * @param nixpkgs a path or flake reference of the tree; empty for the one the environment names
     * @param words options for Nix's programs
     * @throws LabException (usage) if there is no tree; (host) if Nix is missing or too old
     */
    public List<OptionDocument> read(Optional<String> nixpkgs, List<String> words, Deadline deadline) {
        var nix = new HostNix(environment, words);
        var tree = NixpkgsTree.require(nixpkgs, environment, nix, deadline);
        var expressions = Expressions.unpack(cache);
        var identity = expressions + " " + tree.directory() + " " + nix.version(deadline);
        var file = cache.resolve("options-nixos")
                .resolve(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)) + ".json");
        return remembered(file).orElseGet(() -> save(ask(tree, nix, expressions, deadline), file));
    }

    private static Optional<List<OptionDocument>> remembered(Path file) {
        return Json.remembered(file, Remembered.class)
                .filter(found -> !new Sources(found.sources()).changed())
                .map(Remembered::options);
    }

    private static List<OptionDocument> save(Remembered found, Path file) {
        try {
            Files.createDirectories(file.getParent());
            var draft = Files.createTempFile(file.getParent(), "options", ".draft");
            Files.write(draft, Json.write(found));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return found.options();
        } catch (IOException e) {
            throw new UncheckedIOException("could not remember the options", e);
        }
    }

    private Remembered ask(NixpkgsTree tree, HostNix nix, Path expressions, Deadline deadline) {
        var begin = Instant.now();
        var file = expressions.resolve("nixos/options.nix");
        var words = Expressions.words("--show-trace", "-vv", file.toString());
        words.addAll(List.of("--argstr", "nixpkgs", tree.directory().toString()));
        words.addAll(List.of("--argstr", "hostSystem", GuestArchitecture.X86_64.nixName()));
        var result = nix.run("nix-instantiate", words, deadline);
        var log = new EvaluationLog(result.err());
        var read = log.filesRead(file, List.of(expressions));
        if (!result.succeeded()) {
            throw new NixTranslation(List.of(expressions), read, Optional.empty())
                    .translate(log.withoutNoise(), Detail.SCREEN);
        }
        var options = Json.read(result.output(), OptionDocument[].class);
        return new Remembered(
                List.of(options).stream()
                        .sorted(Comparator.comparing(OptionDocument::name))
                        .toList(),
                Sources.of(read, List.of(), begin).stamps());
    }

    /**
     * What is written down.
     *
     * @param sources the files of the tree that were read
     */
    record Remembered(List<OptionDocument> options, Map<String, Sources.Stamp> sources) {}
}

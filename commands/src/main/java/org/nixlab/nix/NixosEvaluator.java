package org.nixlab.nix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;

/**
 * Evaluates network files for NixOS guests, with the user's Nix against a nixpkgs tree.
 *
 * <p>Safe for use by many threads and processes at once.
 */
public final class NixosEvaluator {
    private final Path cache;
    private final Map<String, String> environment;
    private final SortedMap<String, byte[]> programs;
    private final RememberedEvaluations evaluations;

    /**
     * @param cache the directory this evaluator keeps its things in; made when needed
     * @param environment the user's environment
     * @param programs what serves the channels inside a machine, by file name
     */
    public NixosEvaluator(Path cache, Map<String, String> environment, SortedMap<String, byte[]> programs) {
        this.cache = cache.toAbsolutePath();
        this.environment = Map.copyOf(environment);
        this.programs = programs;
        this.evaluations = new RememberedEvaluations(
                this.cache.resolve("evaluations-nixos"), new PrivateStore(this.cache.resolve("store")));
    }

    /**
     * What is to be evaluated.
     *
     * @param flake the flake that the network file stands for an output of
     * @param nixpkgs a path or flake reference of the tree; empty for the one the environment names
     * @param words options for Nix's programs ({@code -I}, {@code --option}, ...)
     * @param arguments a Nix expression: what the network file is called with if it is a function; empty for nothing
     * @param hostSystem the architecture of machines that name none
     * @param showTrace whether a failure is to carry all that Nix says
     */
    public record Request(
            Path networkFile,
            Optional<Flake> flake,
            Optional<String> nixpkgs,
            List<String> words,
            String arguments,
            GuestArchitecture hostSystem,
            boolean showTrace) {
        public Request {
            words = List.copyOf(words);
        }
    }

    /**
     * Evaluates a network file down to the derivation of every machine; what is still true from last time is not asked
     * for again.
     *
     * @throws NixException if the file is wrong
     * @throws LabException (usage) if there is no such file or no tree; (host) if Nix is missing or too old
     * @throws DeadlineException if it takes too long
     * @throws CancelledException if the thread is interrupted; Nix is ended then
     */
    public Evaluation evaluate(Request request, Deadline deadline) {
        var file = NetworkFiles.existing(request.networkFile());
        var nix = new HostNix(environment, request.words());
        var ofFlake = request.flake().flatMap(Flake::nixpkgs).map(Path::toString);
        var tree = NixpkgsTree.find(request.nixpkgs().or(() -> ofFlake), environment, nix, deadline)
                .orElseThrow(() -> LabException.input(
                        "there is no nixpkgs tree to build NixOS guests from",
                        "",
                        "name one with --nixpkgs, NIXPKGS_ALL or NIX_PATH; --guest debian needs none"));
        var version = nix.version(deadline);
        tree.requireNix(version);
        var expressions = Expressions.unpack(cache);
        var question = question(request, tree, version, expressions);
        var remembered = evaluations.find(file, question).filter(earlier -> isTrue(earlier));
        return remembered.orElseGet(() -> evaluate(request, file, tree, nix, expressions, question, deadline));
    }

    /** Returns whether the environment may name a nixpkgs tree; Nix is not asked. */
    public boolean mayHaveTree() {
        return NixpkgsTree.mayBeNamed(environment);
    }

    /** Returns what the newest evaluation of a network file gave, without asking Nix, however it was asked for then. */
    public Optional<Evaluation> remembered(Path networkFile) {
        return evaluations.findNewest(networkFile);
    }

    private static boolean isTrue(Evaluation earlier) {
        return !earlier.sources().changed()
                && NixosBuild.of(earlier.network().machines()).isInstantiated();
    }

    private Evaluation evaluate(
            Request request,
            Path file,
            NixpkgsTree tree,
            HostNix nix,
            Path expressions,
            String question,
            Deadline deadline) {
        var begin = Instant.now();
        var words =
                new ArrayList<>(List.of("--read-write-mode", "--eval", "--strict", "--json", "--show-trace", "-vv"));
        words.addAll(List.of("-I", "nixpkgs=" + tree.directory()));
        words.add(expressions.resolve("nixos/evaluate.nix").toString());
        words.addAll(List.of("--argstr", "nixpkgs", tree.directory().toString()));
        words.addAll(List.of("--argstr", "networkFile", file.toString()));
        words.addAll(List.of("--argstr", "guest", guest().toString()));
        words.addAll(List.of("--argstr", "hostSystem", request.hostSystem().nixName()));
        if (!request.arguments().isEmpty()) {
            words.addAll(List.of("--arg", "userArguments", request.arguments()));
        }
        var result = nix.run("nix-instantiate", words, deadline);
        var log = new EvaluationLog(
                request.flake().map(flake -> flake.onHost(result.err())).orElse(result.err()));
        // What is in a store never changes.
        var store = Path.of(environment.getOrDefault("NIX_STORE_DIR", "/nix/store"));
        var read = withLocks(log.filesRead(file, List.of(expressions, store)));
        if (!result.succeeded()) {
            throw new NixTranslation(List.of(expressions, tree.directory()), read, List::of)
                    .translate(log.withoutNoise(), request.showTrace());
        }
        return evaluations.save(new RememberedEvaluation(
                file.toString(),
                question,
                Json.tree(result.output()),
                Sources.of(read, begin).stamps(),
                log.withoutNoise().lines().toList()));
    }

    /** Nix does not tell that it reads the locks of flakes. */
    private static List<Path> withLocks(List<Path> read) {
        var all = new ArrayList<>(read);
        read.stream()
                .filter(file -> file.endsWith("flake.nix"))
                .map(file -> file.resolveSibling("flake.lock"))
                .forEach(all::add);
        return all;
    }

    /** Everything but files that the outcome depends on. */
    private String question(Request request, NixpkgsTree tree, String version, Path expressions) {
        var text = String.join(
                "\n",
                tree.directory().toString(),
                version,
                String.join(" ", request.words()),
                request.arguments(),
                request.hostSystem().nixName(),
                environment.getOrDefault("NIX_PATH", ""),
                environment.getOrDefault("NIX_STORE_DIR", ""),
                guest().getFileName().toString());
        return expressions.getFileName() + "-" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the directory with the guest's programs, named after what is in it. */
    private Path guest() {
        try {
            var directory = cache.resolve("guest-" + Expressions.digest(programs));
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(cache);
                Expressions.publish(programs, directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return directory.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("could not unpack the guest's programs", e);
        }
    }
}

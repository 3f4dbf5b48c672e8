package org.nixlab.nix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import com.fasterxml.jackson.core.type.TypeReference;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;

/**
 * Evaluates network files for Debian guests.
 *
 * <p>Nix's evaluator works on a store of its own below nixlab's cache, without a daemon and without rights. Evaluations
 * leave files there that the model refers to; {@link #prune} removes those that no network file needs any more. Safe for
 * use by many threads and processes at once.
 */
public final class NetworkEvaluator {
    private static final String NAMES_OF_PACKAGES = """
            { expressions, packageIndex }:
            let
              lib = import (expressions + "/lib");
              index = builtins.fromJSON (builtins.readFile packageIndex);
              names = system: builtins.attrNames (import (expressions + "/pkgs") { inherit lib index system; });
            in
            builtins.concatMap names (builtins.attrNames index)
            """;

    private final Path cache;
    private final NixProgram nix;
    private final RememberedEvaluations evaluations;

    /**
     * @param cache the directory this evaluator keeps its things in; made when needed
     * @param environment the user's environment: {@code NIX_PATH}, {@code HOME} and {@code PATH} count
     */
    public NetworkEvaluator(Path cache, Map<String, String> environment) {
        this.cache = cache.toAbsolutePath();
        var store = new PrivateStore(this.cache.resolve("store"));
        this.nix = new NixProgram(store, environment);
        this.evaluations = new RememberedEvaluations(this.cache.resolve("evaluations"), store);
    }

    /**
     * Evaluates a network file.
     *
     * @param packageIndex a JSON file, {@code {"x86_64-linux": {NAME: VERSION, ...}, ...}}: the packages there are
     * @param hostSystem the architecture of machines that name none
     * @param showTrace whether a failure is to carry all that Nix says
     * @throws NixException if the file is wrong
     * @throws LabException (usage) if there is no such file; (host) if Nix is missing
     * @throws DeadlineException if it takes too long
     * @throws CancelledException if the thread is interrupted; Nix is ended then
     */
    public Evaluation evaluate(
            Path networkFile, Path packageIndex, GuestArchitecture hostSystem, boolean showTrace, Deadline deadline) {
        var file = NetworkFiles.existing(networkFile);
        var expressions = Expressions.unpack(cache);
        var begin = Instant.now();
        var result = nix.run(
                "nix-instantiate",
                List.of(
                        // The trace is always asked for: places in the user's file are in it.
                        "--read-write-mode",
                        "--eval",
                        "--strict",
                        "--json",
                        "--show-trace",
                        "-vv",
                        expressions.resolve("evaluate.nix").toString(),
                        "--argstr",
                        "networkFile",
                        file.toString(),
                        "--argstr",
                        "packageIndex",
                        packageIndex.toAbsolutePath().toString(),
                        "--argstr",
                        "hostSystem",
                        hostSystem.nixName()),
                deadline);
        var log = new EvaluationLog(result.err());
        var read = log.filesRead(file, List.of(expressions));
        if (!result.succeeded()) {
            throw new NixTranslation(
                            List.of(expressions), read, () -> packageNames(expressions, packageIndex, deadline))
                    .translate(log.withoutNoise(), showTrace);
        }
        var evaluation = new RememberedEvaluation(
                file.toString(),
                expressions.getFileName().toString(),
                Json.tree(result.output()),
                Sources.of(read, begin).stamps(),
                log.withoutNoise().lines().toList());
        return evaluations.save(evaluation);
    }

    /**
     * Returns what the newest evaluation of a network file gave, without asking Nix; empty if it was never evaluated, or
     * by another version of nixlab. Its sources tell whether it is still true.
     */
    public Optional<Evaluation> remembered(Path networkFile) {
        return evaluations.find(
                networkFile, Expressions.unpack(cache).getFileName().toString());
    }

    /**
     * Removes from the store what no existing network file's newest evaluation needs, and the expressions of other
     * versions of nixlab. Evaluations may go on meanwhile, if they are of this version.
     */
    public void prune(Deadline deadline) {
        try {
            evaluations.forgetLostNetworks();
            nix.run("nix-store", List.of("--gc"), deadline);
            var current = Expressions.unpack(cache);
            try (var list = Files.newDirectoryStream(cache, "{expressions,unpacking}-*")) {
                for (var directory : list) {
                    if (!directory.toRealPath().equals(current)) {
                        Trees.delete(directory);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not prune the Nix store", e);
        }
    }

    private Collection<String> packageNames(Path expressions, Path packageIndex, Deadline deadline) {
        var result = nix.run(
                "nix-instantiate",
                List.of(
                        "--read-write-mode",
                        "--eval",
                        "--strict",
                        "--json",
                        "--expr",
                        NAMES_OF_PACKAGES,
                        "--argstr",
                        "expressions",
                        expressions.toString(),
                        "--argstr",
                        "packageIndex",
                        packageIndex.toAbsolutePath().toString()),
                deadline);
        // They only make a message better: without them it still says what is wrong.
        return result.succeeded()
                ? new TreeSet<>(Json.read(result.output(), new TypeReference<List<String>>() {}))
                : List.of();
    }
}

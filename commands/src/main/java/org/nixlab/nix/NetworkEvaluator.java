package org.nixlab.nix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.type.TypeReference;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.NearNames;
import org.nixlab.process.ProcessResult;

/**
 * Evaluates network files for Debian guests.
 *
 * <p>Nix's evaluator works on a store of its own below nixlab's cache, without a daemon and without rights. Evaluations
 * leave files there that the model refers to; {@link #prune} removes those that no network file needs any more. Safe for
 * use by many threads and processes at once.
 */
public final class NetworkEvaluator {
    private static final Pattern READ =
            Pattern.compile("(?:evaluating file '(/[^']*)'|copied source '(/[^']*)' -> '.*')");
    private static final Pattern NOISE = Pattern.compile("(?:evaluating file|copied source|copying) '.*"
            + "|(?:acquiring|locking|lock|instantiated|warning: the group 'nixbld') .*");

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
        var file = existing(networkFile);
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
        var read = filesRead(result, file, expressions);
        if (!result.succeeded()) {
            throw new NixTranslation(expressions, read, () -> packageNames(expressions, packageIndex, deadline))
                    .translate(withoutNoise(result.err()), showTrace);
        }
        var evaluation = new RememberedEvaluation(
                file.toString(),
                expressions.getFileName().toString(),
                Json.tree(result.output()),
                Sources.of(read, begin).stamps(),
                withoutNoise(result.err()).lines().toList());
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

    private static Path existing(Path networkFile) {
        try {
            var file = networkFile.toRealPath();
            if (Files.isDirectory(file)) {
                var inside = nixFiles(file);
                throw LabException.input(
                        networkFile + " is a directory, not a network file",
                        "",
                        inside.isEmpty()
                                ? "name a file with machines"
                                : "name a file in it: " + String.join(" ", inside));
            }
            if (!Files.isReadable(file)) {
                throw LabException.input(networkFile + " may not be read", "", "");
            }
            return file;
        } catch (IOException e) {
            var parent = networkFile.toAbsolutePath().getParent();
            var near = NearNames.of(networkFile.getFileName().toString(), nixFiles(parent));
            throw LabException.input(
                    networkFile + " does not exist",
                    "",
                    near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "?");
        }
    }

    private static List<String> nixFiles(Path directory) {
        try (var list = Files.list(directory)) {
            return list.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".nix"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<Path> filesRead(ProcessResult result, Path networkFile, Path expressions) {
        var files = new ArrayList<Path>(List.of(networkFile));
        result.err().lines().forEach(line -> {
            var read = READ.matcher(line);
            if (read.matches()) {
                var file = Path.of(read.group(1) == null ? read.group(2) : read.group(1));
                if (!file.startsWith(expressions) && !files.contains(file)) {
                    files.add(file);
                }
            }
        });
        return files;
    }

    /** Returns standard error without what Nix only says because the files it reads were asked for. */
    private static String withoutNoise(String stderr) {
        return stderr.lines().filter(line -> !NOISE.matcher(line).matches()).collect(Collectors.joining("\n"));
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

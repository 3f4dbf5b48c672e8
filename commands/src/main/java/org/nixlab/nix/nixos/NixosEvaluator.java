package org.nixlab.nix.nixos;

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
import org.nixlab.base.Detail;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.nix.Answer;
import org.nixlab.nix.CacheSpace;
import org.nixlab.nix.ConfigurationQuery;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.EvaluationLog;
import org.nixlab.nix.Expressions;
import org.nixlab.nix.MentionedPaths;
import org.nixlab.nix.NetworkFiles;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.RememberedEvaluation;
import org.nixlab.nix.RememberedEvaluations;
import org.nixlab.nix.Sources;
import org.nixlab.nix.complaint.Complaints;
import org.nixlab.nix.complaint.NixException;
import org.nixlab.nix.complaint.NixTranslation;
import org.nixlab.nix.complaint.StoreAccess;
import org.nixlab.nix.plan.Json;
import org.nixlab.nix.plan.PrivateStore;

/**
 * Evaluates network files for NixOS guests, with the user's Nix against a nixpkgs tree.
 *
 * <p>Safe for use by many threads and processes at once.
 */
public final class NixosEvaluator {
    private static final String EVALUATE = "nixos/evaluate.nix";

    private final Path cache;
    private final Map<String, String> environment;
    private final SortedMap<String, byte[]> programs;
    private final boolean isForgetful;

    /**
     * @param cache the directory this evaluator keeps its things in; made when needed
     * @param environment the user's environment
     * @param programs what serves the channels inside a machine, by file name
     */
    public NixosEvaluator(Path cache, Map<String, String> environment, SortedMap<String, byte[]> programs) {
        this(cache, environment, programs, false);
    }

    private NixosEvaluator(
            Path cache, Map<String, String> environment, SortedMap<String, byte[]> programs, boolean isForgetful) {
        this.cache = cache.toAbsolutePath();
        this.environment = Map.copyOf(environment);
        this.programs = programs;
        this.isForgetful = isForgetful;
    }

    /** Returns one whose evaluations nobody remembers: a lab of the same file stays what it is. */
    public NixosEvaluator forgetful() {
        return new NixosEvaluator(cache, environment, programs, true);
    }

    /**
     * What is to be evaluated.
     *
     * @param flake the flake that the network file stands for an output of
     * @param nixpkgs a path or flake reference of the tree; empty for the one the environment names
     * @param words options for Nix's programs ({@code -I}, {@code --option}, ...)
     * @param arguments a Nix expression: what the network file is called with if it is a function; empty for nothing
     * @param hostSystem the architecture of machines that name none
     * @param part what of the network file is wanted; for a flake, of the output
     * @param detail how much a failure is to say
     */
    public record Request(
            Path networkFile,
            Optional<Flake> flake,
            Optional<String> nixpkgs,
            List<String> words,
            String arguments,
            GuestArchitecture hostSystem,
            NetworkPart part,
            Detail detail) {
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
        var setting = setting(request, deadline);
        var question = question(request, setting);
        var remembered = evaluations(request)
                .find(setting.file(), request.part(), question)
                .filter(earlier -> isTrue(earlier));
        return remembered.orElseGet(() -> evaluate(request, setting, question, deadline));
    }

    /**
     * Returns what stands at a path of a machine's configuration: strings, numbers, booleans, null, lists, and maps by name.
     * What is none of these is named in guillemets.
     *
     * @throws NixException if the file is wrong
     * @throws LabException (usage) if there is no such thing; else as {@link #evaluate}
     */
    public Object show(Request request, ConfigurationQuery query, Deadline deadline) {
        var words = new ArrayList<>(query.words());
        var answer = ask("nixos/show.nix", words, request, setting(request, deadline), deadline);
        return ConfigurationQuery.answer(answer.output());
    }

    /** Returns whether the environment may name a nixpkgs tree; Nix is not asked. */
    public boolean mayHaveTree() {
        return NixpkgsTree.mayBeNamed(environment);
    }

    /**
     * Returns the nixpkgs tree that a request is evaluated with, or empty if nothing names one. The flake of the request
     * has no part in this.
     *
     * @throws LabException (usage) if what names one names no tree; (host) if Nix is missing
     */
    public Optional<Path> tree(Request request, Deadline deadline) {
        return NixpkgsTree.find(request.nixpkgs(), environment, new HostNix(environment, request.words()), deadline)
                .map(NixpkgsTree::directory);
    }

    /**
     * Returns what the newest evaluation gave that was asked for with the same words, without asking Nix. The flake of the
     * request has no part in this.
     */
    public Optional<Evaluation> remembered(Request request) {
        return evaluations(request).findNewest(request.networkFile(), request.part());
    }

    /** Labs of one network file may differ in what they say to Nix. */
    private RememberedEvaluations evaluations(Request request) {
        var said =
                request.nixpkgs().orElse("") + "\n" + String.join("\n", request.words()) + "\n" + request.arguments();
        var name = UUID.nameUUIDFromBytes(said.getBytes(StandardCharsets.UTF_8)).toString();
        var evaluations = new RememberedEvaluations(
                cache.resolve("evaluations-nixos").resolve(name), new PrivateStore(cache.resolve("store")));
        return isForgetful ? evaluations.fixed() : evaluations;
    }

    private static boolean isTrue(Evaluation earlier) {
        return !earlier.sources().changed()
                && NixosBuild.of(earlier.network().machines()).isInstantiated();
    }

    private Evaluation evaluate(Request request, Setting setting, String question, Deadline deadline) {
        CacheSpace.require(cache);
        var begin = Instant.now();
        var answer = ask(EVALUATE, request.part().words(), request, setting, deadline);
        var file = setting.file();
        return evaluations(request)
                .save(new RememberedEvaluation(
                        file.toString(),
                        request.part(),
                        question,
                        Json.tree(answer.output()),
                        Sources.of(answer.read(), mentioned(answer.read(), setting), begin)
                                .stamps(),
                        answer.notes()));
    }

    /** Evaluates one of nixlab's expressions. */
    private Answer ask(String expression, List<String> more, Request request, Setting setting, Deadline deadline) {
        var tree = setting.tree().directory();
        var words = Expressions.words("--show-trace", "-vv", "-I", "nixpkgs=" + tree);
        words.addAll(List.of("--argstr", "nixpkgs", tree.toString()));
        words.addAll(List.of("--argstr", "networkFile", setting.file().toString()));
        var guest = guest();
        words.addAll(List.of("--argstr", "guest", guest.toString()));
        words.addAll(List.of("--argstr", "hostSystem", request.hostSystem().nixName()));
        if (!request.arguments().isEmpty()) {
            words.addAll(List.of("--arg", "userArguments", request.arguments()));
        }
        words.addAll(request.part().choice());
        words.addAll(more);
        var result = setting.nix()
                .run("nix-instantiate", Expressions.of(setting.expressions(), expression, words), deadline);
        var log = new EvaluationLog(
                request.flake().map(flake -> flake.onHost(result.err())).orElse(result.err()));
        // What is in a store never changes, nor does what is named after its content.
        var store = Path.of(environment.getOrDefault("NIX_STORE_DIR", "/nix/store"));
        var read = log.filesRead(setting.file(), List.of(setting.expressions(), guest, store));
        if (!result.succeeded()) {
            NixosBuildFailure.requireSpace(setting.file() + " could not be evaluated", log.withoutNoise());
            StoreAccess.require(log.withoutNoise());
            var failure = new NixTranslation(List.of(setting.expressions(), tree), read, Optional.empty())
                    .translate(log.withoutNoise(), request.detail());
            if (!expression.equals(EVALUATE) || !NixTranslation.isOfUnknownOption(log.withoutNoise())) {
                throw failure;
            }
            var search = Expressions.of(setting.expressions(), "nixos/complaints.nix", words);
            throw withAllOptions(failure, search, request, setting, deadline);
        }
        return new Answer(result.output(), read, log.notes());
    }

    /** Looks for further options that there are not; where that takes too long or fails, what is known is enough. */
    private NixException withAllOptions(
            NixException failure, List<String> words, Request request, Setting setting, Deadline deadline) {
        try {
            var search = setting.nix().run("nix-instantiate", words, deadline);
            var said = request.flake().map(flake -> flake.onHost(search.err())).orElse(search.err());
            return Complaints.of(failure, null, new EvaluationLog(said).withoutNoise(), request.detail());
        } catch (DeadlineException e) {
            return failure;
        }
    }

    private Setting setting(Request request, Deadline deadline) {
        var file = NetworkFiles.existing(request.networkFile());
        var nix = new HostNix(environment, request.words());
        var ofFlake = request.flake().flatMap(Flake::nixpkgs).map(Path::toString);
        var tree = tree(request, request.nixpkgs().or(() -> ofFlake), nix, deadline);
        return new Setting(file, tree, nix, nix.version(deadline), Expressions.unpack(cache));
    }

    private NixpkgsTree tree(Request request, Optional<String> named, HostNix nix, Deadline deadline) {
        if (request.flake().isPresent()
                && named.isEmpty()
                && NixpkgsTree.find(named, environment, nix, deadline).isEmpty()) {
            throw LabException.input(
                    "the flake " + request.flake().get().url() + " has no input nixpkgs to build its machines from",
                    "",
                    "add inputs.nixpkgs.url to it, or name a tree with --nixpkgs");
        }
        return NixpkgsTree.require(named, environment, nix, deadline);
    }

    /** What a network file is evaluated with. */
    private record Setting(Path file, NixpkgsTree tree, HostNix nix, String version, Path expressions) {}

    private static List<Path> mentioned(List<Path> read, Setting setting) {
        var tree = setting.tree().directory();
        return MentionedPaths.in(read.stream()
                .filter(file -> file.equals(setting.file()) || !file.startsWith(tree))
                .toList());
    }

    /** Everything that the outcome depends on but files that Nix tells of; of a flake it copies all files. */
    private String question(Request request, Setting setting) {
        var text = String.join(
                "\n",
                setting.tree().directory().toString(),
                setting.version(),
                String.join(" ", request.words()),
                request.arguments(),
                request.hostSystem().nixName(),
                environment.getOrDefault("NIX_PATH", ""),
                environment.getOrDefault("NIX_STORE_DIR", ""),
                guest().getFileName().toString(),
                request.flake().map(flake -> flake.source().toString()).orElse(""),
                // Where relative paths start from.
                request.words().isEmpty() && request.arguments().isEmpty()
                        ? ""
                        : Path.of("").toAbsolutePath().toString());
        return setting.expressions().getFileName() + "-"
                + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the directory with the guest's programs, named after what is in it. */
    private Path guest() {
        try {
            var directory = cache.resolve("guest-" + Expressions.digest(programs));
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(cache);
                Expressions.publish(programs, directory);
            }
            Expressions.mend(programs, directory);
            // Builders are other users.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            return directory.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("could not unpack the guest's programs", e);
        }
    }
}

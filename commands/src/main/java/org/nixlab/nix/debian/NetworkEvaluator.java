package org.nixlab.nix.debian;

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
import org.nixlab.base.Detail;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.option.OptionDocument;
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
import org.nixlab.nix.complaint.Supported;
import org.nixlab.nix.plan.Json;
import org.nixlab.nix.plan.PrivateStore;
import org.nixlab.nix.plan.Trees;

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
    private final OptionsReader options;
    private final RememberedEvaluations evaluations;

    /**
     * @param cache the directory this evaluator keeps its things in; made when needed
     * @param environment the user's environment: {@code NIX_PATH}, {@code HOME} and {@code PATH} count
     */
    public NetworkEvaluator(Path cache, Map<String, String> environment) {
        this.cache = cache.toAbsolutePath();
        var store = new PrivateStore(this.cache.resolve("store"));
        this.nix = new NixProgram(store, environment);
        this.options = new OptionsReader(this.cache, environment);
        this.evaluations = new RememberedEvaluations(this.cache.resolve("evaluations"), store);
    }

    private NetworkEvaluator(NetworkEvaluator other, RememberedEvaluations evaluations) {
        this.cache = other.cache;
        this.nix = other.nix;
        this.options = other.options;
        this.evaluations = evaluations;
    }

    /** Returns one whose evaluations nobody remembers: a lab of the same file stays what it is. */
    public NetworkEvaluator forgetful() {
        return new NetworkEvaluator(this, evaluations.fixed());
    }

    /**
     * Evaluates a network file.
     *
     * @param packageIndex a JSON file, {@code {"x86_64-linux": {NAME: VERSION, ...}, ...}}: the packages there are
     * @param hostSystem the architecture of machines that name none
     * @param detail how much a failure is to say
     * @throws NixException if the file is wrong
     * @throws LabException (usage) if there is no such file; (host) if Nix is missing
     * @throws DeadlineException if it takes too long
     * @throws CancelledException if the thread is interrupted; Nix is ended then
     */
    public Evaluation evaluate(
            Path networkFile, Path packageIndex, GuestArchitecture hostSystem, Detail detail, Deadline deadline) {
        return evaluate(networkFile, NetworkPart.ALL, packageIndex, hostSystem, detail, deadline);
    }

    /** Evaluates a part of a network file; what the script of a test names, all machines have. */
    public Evaluation evaluate(
            Path networkFile,
            NetworkPart part,
            Path packageIndex,
            GuestArchitecture hostSystem,
            Detail detail,
            Deadline deadline) {
        var file = NetworkFiles.existing(networkFile);
        var begin = Instant.now();
        var answer = ask("evaluate.nix", part.words(), file, part, packageIndex, hostSystem, detail, deadline);
        var evaluation = new RememberedEvaluation(
                file.toString(),
                part,
                Expressions.unpack(cache).getFileName().toString(),
                Json.tree(answer.output()),
                Sources.of(answer.read(), MentionedPaths.in(answer.read()), begin)
                        .stamps(),
                answer.notes());
        return evaluations.save(evaluation);
    }

    /**
     * Returns what stands at a path of a machine's configuration: strings, numbers, booleans, null, lists, and maps by name.
     * What is none of these is named in guillemets.
     *
     * @param packageIndex as for {@link #evaluate}, like the others
     * @throws NixException if the file is wrong
     * @throws LabException (usage) if there is no such thing; else as {@link #evaluate}
     */
    public Object show(
            Path networkFile,
            NetworkPart part,
            Path packageIndex,
            GuestArchitecture hostSystem,
            ConfigurationQuery query,
            Deadline deadline) {
        var file = NetworkFiles.existing(networkFile);
        var answer = ask("show.nix", query.words(), file, part, packageIndex, hostSystem, Detail.SCREEN, deadline);
        return ConfigurationQuery.answer(answer.output());
    }

    private Answer ask(
            String expression,
            List<String> more,
            Path file,
            NetworkPart part,
            Path packageIndex,
            GuestArchitecture hostSystem,
            Detail detail,
            Deadline deadline) {
        CacheSpace.require(cache);
        var expressions = Expressions.unpack(cache);
        // The trace is always asked for: places in the user's file are in it.
        var words = Expressions.words("--show-trace", "-vv");
        words.addAll(List.of("--argstr", "networkFile", file.toString()));
        words.addAll(List.of(
                "--argstr", "packageIndex", packageIndex.toAbsolutePath().toString()));
        words.addAll(List.of("--argstr", "hostSystem", hostSystem.nixName()));
        words.addAll(part.choice());
        words.addAll(more);
        var result = nix.run("nix-instantiate", Expressions.of(expressions, expression, words), deadline);
        var log = new EvaluationLog(result.err());
        var read = log.filesRead(file, List.of(expressions));
        if (!result.succeeded()) {
            var translation = new NixTranslation(
                    List.of(expressions),
                    read,
                    Optional.of(new Supported(
                            () -> packageNames(expressions, packageIndex, deadline), () -> optionNames(deadline))));
            var failure = translation.translate(log.withoutNoise(), detail);
            if (!NixTranslation.isOfOurOwn(log.withoutNoise())) {
                throw failure;
            }
            var search = Expressions.of(expressions, "complaints.nix", words);
            throw withAllElse(failure, search, translation, detail, deadline);
        }
        return new Answer(result.output(), read, log.notes());
    }

    /** Looks for what else is wrong; where that takes too long, what is known is enough. */
    private NixException withAllElse(
            NixException failure, List<String> words, NixTranslation translation, Detail detail, Deadline deadline) {
        try {
            var search = nix.run("nix-instantiate", words, deadline);
            var said = new EvaluationLog(search.err()).withoutNoise();
            var last = search.succeeded() || NixTranslation.isOfOurOwn(said)
                    ? null
                    : translation.translate(said, Detail.SCREEN);
            return Complaints.of(failure, last, said, detail);
        } catch (DeadlineException e) {
            return failure;
        }
    }

    /**
     * Returns what the newest evaluation of a network file gave, without asking Nix; empty if it was never evaluated, or
     * by another version of nixlab. Its sources tell whether it is still true.
     */
    public Optional<Evaluation> remembered(Path networkFile, NetworkPart part) {
        return evaluations.find(
                networkFile, part, Expressions.unpack(cache).getFileName().toString());
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

    private Collection<String> optionNames(Deadline deadline) {
        return options.read(deadline).stream().map(OptionDocument::name).toList();
    }

    private Collection<String> packageNames(Path expressions, Path packageIndex, Deadline deadline) {
        var words = Expressions.words("--expr", NAMES_OF_PACKAGES);
        words.addAll(List.of("--argstr", "expressions", expressions.toString()));
        words.addAll(List.of(
                "--argstr", "packageIndex", packageIndex.toAbsolutePath().toString()));
        var result = nix.run("nix-instantiate", words, deadline);
        // They only make a message better: without them it still says what is wrong.
        return result.succeeded()
                ? new TreeSet<>(Json.read(result.output(), new TypeReference<List<String>>() {}))
                : List.of();
    }
}

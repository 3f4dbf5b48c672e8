package org.nixlab.lab;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.nixlab.base.Deadline;
import org.nixlab.guest.Instrumentation;
import org.nixlab.image.BuildProgress;
import org.nixlab.image.BuiltMachine;
import org.nixlab.image.CacheEntry;
import org.nixlab.image.HostMirror;
import org.nixlab.image.ImageCache;
import org.nixlab.image.MachineBuilder;
import org.nixlab.image.Mirror;
import org.nixlab.image.NetworkResult;
import org.nixlab.image.PackageIndex;
import org.nixlab.machine.Acceleration;
import org.nixlab.machine.AccelerationProbe;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.GuestFile;
import org.nixlab.model.Machine;
import org.nixlab.model.OptionDocument;
import org.nixlab.nix.ConfigurationQuery;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.NetworkEvaluator;
import org.nixlab.nix.OptionsReader;

import static java.util.Objects.requireNonNull;

/** What labs are made with: the evaluator, the image builder and the probe of the host, all on one cache. */
final class Workshop {
    /** How long a machine with a processor of its own may take to boot on hardware. */
    private static final Duration BOOT = Duration.ofMinutes(1);

    private static final Path KVM = Path.of("/dev/kvm");

    private final Host host;
    private final NetworkEvaluator evaluator;
    private final ImageCache cache;
    private final NixosWorkshop nixos;
    private final Set<Path> probedKernels = ConcurrentHashMap.newKeySet();
    private volatile Optional<Acceleration> acceleration = Optional.empty();

    Workshop(Host host) {
        this.host = requireNonNull(host, "host");
        this.evaluator = new NetworkEvaluator(host.cache(), host.environment());
        this.cache = new ImageCache(host.cache());
        this.nixos = new NixosWorkshop(host);
    }

    Host host() {
        return host;
    }

    /** Returns what the machines will run. */
    GuestSystem choose(LoadRequest request, Progress progress, Deadline deadline) {
        return new GuestChoice(nixos).choose(request, progress, deadline);
    }

    /** Returns whether something names a nixpkgs tree; it is cheap to find out. */
    boolean mayHaveTree(LoadRequest request) {
        return nixos.mayHaveTree(request);
    }

    /** Returns the nixpkgs tree that is taken because the environment names it, and nobody else. */
    Optional<String> treeOfEnvironment(LoadRequest request, Deadline deadline) {
        return request.guestSystem() != GuestSystem.NIXOS
                        || request.flake().isPresent()
                        || request.nix().namesTree()
                ? Optional.empty()
                : nixos.tree(request, deadline);
    }

    /** Reads a network file with Nix. */
    Evaluation evaluate(LoadRequest request, Progress progress, Deadline deadline) {
        var evaluation = request.guestSystem() == GuestSystem.NIXOS
                ? nixos.evaluate(request, progress, deadline)
                : evaluateDebian(request, progress, deadline);
        evaluation.notes().forEach(progress::note);
        return evaluation;
    }

    private Evaluation evaluateDebian(LoadRequest request, Progress progress, Deadline deadline) {
        var packages = packages(request, progress, deadline);
        return evaluator(request)
                .evaluate(request.file(), packages, GuestArchitecture.X86_64, request.showTrace(), deadline);
    }

    /** The user's Nix has no part in this, but what the network file imports is found as the user said. */
    private NetworkEvaluator evaluator(LoadRequest request) {
        var path = new ArrayList<>(request.nix().searchPath());
        if (path.isEmpty()) {
            return evaluator;
        }
        path.add(host.environment().getOrDefault("NIX_PATH", ""));
        path.removeIf(String::isEmpty);
        var environment = new HashMap<>(host.environment());
        environment.put("NIX_PATH", String.join(":", path));
        return new NetworkEvaluator(host.cache(), environment);
    }

    private Path packages(LoadRequest request, Progress progress, Deadline deadline) {
        return index(mirror(request, deadline), progress).file(List.of(GuestArchitecture.values()), deadline);
    }

    /** Returns what a network file was when it was last read, also if it has changed since, or is gone. */
    Optional<Evaluation> remembered(LoadRequest request) {
        return request.guestSystem() == GuestSystem.NIXOS
                ? nixos.remembered(request)
                : evaluator.remembered(request.file());
    }

    /**
     * Builds machines, in parallel, in their order.
     *
     * @param roots a directory for links that keep what is not in nixlab's cache
     */
    List<BuiltMachine> build(
            LoadRequest request, List<Machine> machines, Path roots, Progress progress, Deadline deadline) {
        return request.guestSystem() == GuestSystem.NIXOS
                ? nixos.build(request, machines, roots, progress, deadline)
                : buildDebian(request, machines, progress, deadline);
    }

    private List<BuiltMachine> buildDebian(
            LoadRequest request, List<Machine> machines, Progress progress, Deadline deadline) {
        var mirror = mirror(request, deadline);
        var builder = new MachineBuilder(
                cache,
                mirror,
                index(mirror, progress),
                instrumentation(),
                host.environment().getOrDefault("PATH", ""),
                reporter(progress));
        return EachMachine.apply("built", machines, machine -> builder.build(machine, deadline));
    }

    /** Makes the directory that starts a network without nixlab and, if asked, the link {@code result} to it. */
    Path result(
            LoadRequest request,
            List<BuiltMachine> machines,
            Collection<Integer> vlans,
            Lab.BuildRequest wish,
            Progress progress,
            Deadline deadline) {
        var results = new NetworkResult(cache, reporter(progress));
        var directory = results.make(machines, vlans, wish.useBackdoor(), deadline);
        if (wish.outLink()) {
            var link = host.workingDirectory().resolve("result");
            results.link(link, directory);
            if (request.guestSystem() == GuestSystem.NIXOS) {
                nixos.keep(request, machines, link, deadline);
            }
        }
        return directory;
    }

    /** Notes that machines are needed as long as {@code owner} exists. */
    void keep(Path owner, List<BuiltMachine> machines) {
        cache.keep(owner, machines);
    }

    /**
     * Finds out what to run guests with, and says so once if it is slow: hardware runs all of them or none.
     *
     * @param machines at least one
     */
    Acceleration acceleration(List<BuiltMachine> machines, Progress progress, Deadline deadline) {
        for (var machine : machines) {
            if (knownToBeSlow() || probedKernels.contains(machine.kernel())) {
                continue;
            }
            var found = acceleration(machine, deadline);
            if (!found.isHardware()) {
                progress.note("machines are emulated and slow (" + found.reason() + ")");
            }
            acceleration = Optional.of(found);
            probedKernels.add(machine.kernel());
        }
        return acceleration.orElseThrow();
    }

    private boolean knownToBeSlow() {
        return acceleration.isPresent() && !acceleration.get().isHardware();
    }

    private Acceleration acceleration(BuiltMachine machine, Deadline deadline) {
        var chosen = host.environment().getOrDefault("NIXLAB_ACCEL", "");
        return chosen.isEmpty()
                ? new AccelerationProbe(host.cache(), KVM, machine.qemu())
                        .probe(machine.kernel(), machine.probe(), deadline)
                : new Acceleration(chosen, "NIXLAB_ACCEL says so");
    }

    /** Returns the acceleration if it is known by now; else the slow one, which no limit is too short for. */
    Acceleration knownAcceleration() {
        return acceleration.orElse(new Acceleration("tcg", "not probed yet"));
    }

    /** Returns how long machines may take to boot when the user sets no limit; they share the host's processors. */
    Duration bootLimit(int machines) {
        int processors = Runtime.getRuntime().availableProcessors();
        return knownAcceleration().scale(BOOT).multipliedBy((machines + processors - 1) / processors);
    }

    /** Returns what stands at a path of a machine's configuration, as plain data. */
    Object show(LoadRequest request, ConfigurationQuery query, Progress progress, Deadline deadline) {
        return request.guestSystem() == GuestSystem.NIXOS
                ? nixos.show(request, query, deadline)
                : evaluator(request)
                        .show(
                                request.file(),
                                packages(request, progress, deadline),
                                GuestArchitecture.X86_64,
                                query,
                                deadline);
    }

    List<OptionDocument> options(LoadRequest request, Deadline deadline) {
        return options(request.guestSystem(), nixos.withTree(request, deadline), deadline);
    }

    List<OptionDocument> options(GuestSystem system, NixOptions nix, Deadline deadline) {
        if (system == GuestSystem.NIXOS) {
            return nixos.options(nix, deadline);
        }
        return new OptionsReader(host.cache(), host.environment()).read(deadline);
    }

    List<ImageSummary> images() {
        return cache.list().stream().map(Workshop::summary).toList();
    }

    List<ImageSummary> pruneImages(Deadline deadline) {
        evaluator.prune(deadline);
        return cache.prune(deadline).stream().map(Workshop::summary).toList();
    }

    private PackageIndex index(Mirror mirror, Progress progress) {
        return new PackageIndex(cache, mirror, reporter(progress));
    }

    private static Mirror mirror(LoadRequest request, Deadline deadline) {
        var hosts = new HostMirror(Path.of("/etc/apt"), Path.of("/var/lib/apt/lists"));
        return request.mirror().isPresent()
                ? Mirror.of(request.mirror().get(), hosts.settings(deadline))
                : hosts.find(deadline);
    }

    private static ImageSummary summary(CacheEntry entry) {
        return new ImageSummary(
                entry.id(), entry.kind(), entry.description(), entry.bytes(), entry.lastUsed(), entry.inUse());
    }

    private static BuildProgress reporter(Progress progress) {
        return new BuildProgress() {
            @Override
            public void step(String what, String detail, double fraction) {
                progress.step(what, detail, fraction);
            }

            @Override
            public void note(String line) {
                progress.note(line);
            }
        };
    }

    private static List<GuestFile> instrumentation() {
        var files = new ArrayList<GuestFile>();
        for (var file : Instrumentation.files()) {
            var text = new String(file.content(), StandardCharsets.UTF_8);
            files.add(new GuestFile(file.path(), file.mode(), "root", "root", new GuestFile.Text(text)));
        }
        for (var link : Instrumentation.links()) {
            files.add(new GuestFile(link.path(), 0777, "root", "root", new GuestFile.Link(link.target())));
        }
        return files;
    }
}

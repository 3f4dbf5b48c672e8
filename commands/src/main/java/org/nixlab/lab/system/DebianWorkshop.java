package org.nixlab.lab.system;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.Instrumentation;
import org.nixlab.image.BuiltMachine;
import org.nixlab.image.MachineBuilder;
import org.nixlab.image.cache.ImageCache;
import org.nixlab.image.debian.HostMirror;
import org.nixlab.image.debian.Mirror;
import org.nixlab.image.debian.PackageIndex;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.GuestFile;
import org.nixlab.model.Machine;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.nix.ConfigurationQuery;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.debian.NetworkEvaluator;
import org.nixlab.nix.debian.OptionsReader;
import org.nixlab.nix.nixos.Flake;

import static java.util.Objects.requireNonNull;

/** What labs of Debian machines are made with: nixlab's own module system, and layers of Debian's packages. */
final class DebianWorkshop implements GuestWorkshop {
    private final Host host;
    private final boolean isForgetful;
    private final NetworkEvaluator evaluator;
    private final ImageCache cache;

    DebianWorkshop(Host host) {
        this(host, false);
    }

    private DebianWorkshop(Host host, boolean isForgetful) {
        this.host = requireNonNull(host, "host");
        this.isForgetful = isForgetful;
        this.evaluator = evaluator(host.environment());
        this.cache = new ImageCache(host.cache());
    }

    @Override
    public GuestWorkshop forChecks() {
        return new DebianWorkshop(host, true);
    }

    @Override
    public String description(LoadRequest request) {
        return GuestSystem.DEBIAN.shown();
    }

    @Override
    public void requireSupported(LoadRequest request) {
        if (request.flake().isPresent() && directory(request).isEmpty()) {
            throw LabException.input(
                    "Debian guests take only flakes that lie on this host",
                    request.named(),
                    "clone it and name the directory, or use --guest nixos");
        }
    }

    private static Optional<Path> directory(LoadRequest request) {
        return request.flake().flatMap(FlakeReference::directory);
    }

    @Override
    public Evaluation evaluate(LoadRequest request, Progress progress, Deadline deadline) {
        var packages = packages(request, progress, deadline);
        return evaluator(request)
                .evaluate(file(request), part(request), packages, GuestArchitecture.X86_64, request.detail(), deadline);
    }

    /** Returns the network file, which for an output of a flake is written first. */
    private static Path file(LoadRequest request) {
        directory(request)
                .ifPresent(directory ->
                        Flake.at(directory).write(request.flake().orElseThrow().attribute(), request.file()));
        return request.file();
    }

    private static NetworkPart part(LoadRequest request) {
        return request.part().calledWith(request.nix().argumentSet());
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
        return evaluator(environment);
    }

    private NetworkEvaluator evaluator(Map<String, String> environment) {
        var made = new NetworkEvaluator(host.cache(), environment);
        return isForgetful ? made.forgetful() : made;
    }

    private Path packages(LoadRequest request, Progress progress, Deadline deadline) {
        return index(mirror(request, deadline), progress).file(List.of(GuestArchitecture.values()), deadline);
    }

    @Override
    public Optional<Evaluation> remembered(LoadRequest request) {
        return evaluator.remembered(request.file(), part(request));
    }

    @Override
    public Object show(LoadRequest request, ConfigurationQuery query, Progress progress, Deadline deadline) {
        return evaluator(request)
                .show(
                        file(request),
                        part(request),
                        packages(request, progress, deadline),
                        GuestArchitecture.X86_64,
                        query,
                        deadline);
    }

    @Override
    public List<OptionDocument> options(NixOptions nix, Deadline deadline) {
        return new OptionsReader(host.cache(), host.environment()).read(deadline);
    }

    @Override
    public List<BuiltMachine> build(
            LoadRequest request, List<Machine> machines, Path roots, Progress progress, Deadline deadline) {
        var mirror = mirror(request, deadline);
        var builder = new MachineBuilder(
                cache,
                mirror,
                index(mirror, progress),
                instrumentation(),
                host.environment().getOrDefault("PATH", ""),
                progress);
        return EachMachine.apply("built", machines, machine -> builder.build(machine, deadline));
    }

    @Override
    public String programs(Machine machine) {
        return Instrumentation.DIRECTORY;
    }

    @Override
    public void prune(Deadline deadline) {
        evaluator.prune(deadline);
    }

    private PackageIndex index(Mirror mirror, Progress progress) {
        return new PackageIndex(cache, mirror, progress);
    }

    private static Mirror mirror(LoadRequest request, Deadline deadline) {
        var hosts = new HostMirror(Path.of("/etc/apt"), Path.of("/var/lib/apt/lists"));
        return request.mirror().isPresent()
                ? Mirror.of(request.mirror().get(), hosts.settings(deadline))
                : hosts.find(deadline);
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

package org.nixlab.lab.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.nixlab.base.Deadline;
import org.nixlab.guest.Instrumentation;
import org.nixlab.image.BuiltMachine;
import org.nixlab.image.boot.PowerOffDisk;
import org.nixlab.machine.qemu.QemuVm;
import org.nixlab.machine.start.ScriptText;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.nix.ConfigurationQuery;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.nixos.Flake;
import org.nixlab.nix.nixos.FlakeResolver;
import org.nixlab.nix.nixos.NixBuildListener;
import org.nixlab.nix.nixos.NixosBuilder;
import org.nixlab.nix.nixos.NixosEvaluator;
import org.nixlab.nix.nixos.NixosOptionsReader;

import static java.util.Objects.requireNonNull;

/** What labs of NixOS machines are made with: the user's Nix. */
final class NixosWorkshop implements GuestWorkshop {
    /** What this work is called where it is shown. */
    private static final String NIX = "nix";

    /** What is evaluated may want something built that it goes on with. */
    private static final String NO_BUILDING = "allow-import-from-derivation = false";

    private final Host host;
    private final NixosEvaluator evaluator;
    private final boolean leavesFlakes;

    NixosWorkshop(Host host) {
        this(host, evaluator(host), false);
    }

    private NixosWorkshop(Host host, NixosEvaluator evaluator, boolean leavesFlakes) {
        this.host = requireNonNull(host, "host");
        this.evaluator = evaluator;
        this.leavesFlakes = leavesFlakes;
    }

    private static NixosEvaluator evaluator(Host host) {
        var programs = new TreeMap<String, byte[]>();
        Instrumentation.files()
                .forEach(file -> programs.put(Path.of(file.path()).getFileName().toString(), file.content()));
        return new NixosEvaluator(host.cache(), host.environment(), programs);
    }

    @Override
    public GuestWorkshop forChecks() {
        var environment = new HashMap<>(host.environment());
        environment.merge(
                "NIX_CONFIG",
                NO_BUILDING,
                (settings, another) -> settings.isEmpty() ? another : settings + "\n" + another);
        var checking = new Host(host.workingDirectory(), environment);
        return new NixosWorkshop(checking, evaluator(checking).forgetful(), true);
    }

    @Override
    public String description(LoadRequest request) {
        var system = GuestSystem.NIXOS.shown();
        return request.nix().nixpkgs().map(tree -> system + " of " + tree).orElse(system);
    }

    @Override
    public Evaluation evaluate(LoadRequest request, Progress progress, Deadline deadline) {
        return progress.during(
                NIX,
                "evaluating " + request.file().getFileName(),
                () -> evaluator.evaluate(question(request, deadline), deadline));
    }

    private NixosEvaluator.Request question(LoadRequest request, Deadline deadline) {
        return question(request, request.flake().map(reference -> resolve(reference, request, deadline)));
    }

    private static NixosEvaluator.Request question(LoadRequest request, Optional<Flake> flake) {
        return new NixosEvaluator.Request(
                request.file(),
                flake,
                request.nix().nixpkgs(),
                words(request),
                request.nix().argumentSet(),
                GuestArchitecture.X86_64,
                request.part(),
                request.detail());
    }

    @Override
    public Object show(LoadRequest request, ConfigurationQuery query, Progress progress, Deadline deadline) {
        return evaluator.show(question(request, deadline), query, deadline);
    }

    @Override
    public List<OptionDocument> options(NixOptions nix, Deadline deadline) {
        return new NixosOptionsReader(host.cache(), host.environment()).read(nix.nixpkgs(), nix.words(), deadline);
    }

    @Override
    public List<OptionDocument> options(LoadRequest request, Deadline deadline) {
        return options(withTree(request, deadline), deadline);
    }

    /** Returns what is said to Nix, with the tree that a flake brings. */
    private NixOptions withTree(LoadRequest request, Deadline deadline) {
        var nix = request.nix();
        return nix.nixpkgs().isPresent()
                ? nix
                : request.flake()
                        .flatMap(reference ->
                                resolve(reference, request, deadline).nixpkgs())
                        .map(tree -> nix.withNixpkgs(tree.toString()))
                        .orElse(nix);
    }

    /** Finds a flake, and writes the network file that stands for its output. */
    private Flake resolve(FlakeReference reference, LoadRequest request, Deadline deadline) {
        var resolver = new FlakeResolver(host.environment(), words(request));
        var flake = (leavesFlakes ? resolver.lockingIn(request.file().getParent()) : resolver)
                .resolve(reference.flake(), deadline);
        flake.write(reference.attribute(), request.file());
        return flake;
    }

    private static List<String> words(LoadRequest request) {
        var words = new ArrayList<>(request.nix().words());
        if (request.flake().isPresent()) {
            words.addAll(FlakeResolver.WORDS);
        }
        return words;
    }

    @Override
    public boolean mayHaveTree(LoadRequest request) {
        return request.nix().nixpkgs().isPresent()
                || !request.nix().searchPath().isEmpty()
                || evaluator.mayHaveTree();
    }

    @Override
    public Optional<String> treeOfEnvironment(LoadRequest request, Deadline deadline) {
        return request.flake().isPresent() || request.nix().namesTree()
                ? Optional.empty()
                : evaluator.tree(question(request, Optional.empty()), deadline).map(Path::toString);
    }

    @Override
    public List<String> toCompile(LoadRequest request, List<Machine> machines, Progress progress, Deadline deadline) {
        return progress.during(
                NIX,
                "looking for what is built already",
                () -> builder(request).toCompile(machines, listener(progress), deadline));
    }

    @Override
    public void keep(LoadRequest request, List<BuiltMachine> machines, Path link, Deadline deadline) {
        builder(request).keep(machines.stream().map(BuiltMachine::script).toList(), link, deadline);
    }

    private NixosBuilder builder(LoadRequest request) {
        return new NixosBuilder(host.environment(), words(request));
    }

    @Override
    public Optional<Evaluation> remembered(LoadRequest request) {
        return evaluator.remembered(question(request, Optional.empty()));
    }

    @Override
    public List<BuiltMachine> build(
            LoadRequest request, List<Machine> machines, Path roots, Progress progress, Deadline deadline) {
        progress.during(NIX, "looking for what is built already", () -> {
            builder(request).build(machines, roots, listener(progress), deadline);
            return roots;
        });
        var probe = PowerOffDisk.in(host.cache());
        return machines.stream().map(machine -> built(machine, probe)).toList();
    }

    private static BuiltMachine built(Machine machine, Path probe) {
        var origin = (Origin.Nixos) machine.origin();
        return new BuiltMachine(machine.name(), "", origin.script(), origin.kernel(), probe, qemu(origin.script()));
    }

    private static String qemu(Path script) {
        try {
            return ScriptText.of(script).qemu().orElse(BuiltMachine.QEMU);
        } catch (IOException e) {
            return BuiltMachine.QEMU;
        }
    }

    @Override
    public String programs(Machine machine) {
        return ((Origin.Nixos) machine.origin()).programs();
    }

    @Override
    public Optional<String> obstacle(QemuVm vm) {
        if (vm.declared().isForeign()) {
            return GuestWorkshop.super.obstacle(vm);
        }
        return vm.hasDeclaredHardware() ? Optional.empty() : Optional.of("its hardware changes");
    }

    @Override
    public void reconfigure(QemuVm vm, Progress progress, Deadline deadline) {
        new NixosSwitch(vm).apply(progress, deadline);
    }

    private static NixBuildListener listener(Progress progress) {
        return new NixBuildListener() {
            @Override
            public void step(String detail, double fraction) {
                progress.step(NIX, detail, fraction);
            }

            @Override
            public void now(String text) {
                progress.now(NIX, text);
            }

            @Override
            public void note(String line) {
                progress.note(line);
            }
        };
    }
}

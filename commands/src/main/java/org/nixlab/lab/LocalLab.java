package org.nixlab.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.nixlab.base.Closer;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.BuiltMachine;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Phase;
import org.nixlab.machine.QemuVm;
import org.nixlab.machine.Vm;
import org.nixlab.model.Machine;
import org.nixlab.model.Network;
import org.nixlab.model.NetworkChanges;
import org.nixlab.model.OptionDocument;
import org.nixlab.model.Origin;
import org.nixlab.model.Selector;
import org.nixlab.nix.ConfigurationQuery;
import org.nixlab.nix.Evaluation;

import static java.util.Objects.requireNonNull;

/** A lab whose machines run on this host. */
final class LocalLab implements Lab {
    private final LoadRequest request;
    private final LabMemory memory;
    private final LabDirectory directory;
    private final Workshops workshops;
    private final GuestWorkshop workshop;
    private final LabBuild build;
    private final LabLock lock;
    private final Switches switches;
    private final LabEntrances entrances;
    private final ForeignMachines foreign;
    private final Undeclared undeclared;
    private final Soundness soundness;
    private final Closer closer = new Closer();
    private final Map<String, QemuVm> vms = new HashMap<>(); // guarded by itself
    private volatile Evaluation evaluation;

    LocalLab(LoadRequest request, Workshops workshops, Evaluation evaluation, LabMemory memory) {
        this.request = requireNonNull(request, "request");
        this.memory = requireNonNull(memory, "memory");
        this.directory = memory.directory();
        this.workshops = requireNonNull(workshops, "workshops");
        this.workshop = workshops.of(request.guestSystem());
        this.evaluation = requireNonNull(evaluation, "evaluation");
        this.build = new LabBuild(request, workshops, directory);
        this.lock = closer.register(new LabLock(directory.name(), directory.lock()));
        this.switches = new Switches(directory::runtime);
        this.entrances = new LabEntrances(directory, workshop::programs);
        this.foreign = new ForeignMachines(directory);
        this.undeclared = new Undeclared(directory);
        this.soundness = new Soundness(switches);
    }

    /** Makes the lab be there for others, with what it was loaded with. */
    void keep() {
        memory.keep();
    }

    /** Takes the right to change the lab. */
    private void own() {
        keep();
        lock.take();
    }

    @Override
    public String name() {
        return directory.name();
    }

    @Override
    public Path directory() {
        return directory.home();
    }

    @Override
    public Path networkFile() {
        return request.file();
    }

    @Override
    public Network network() {
        return evaluation.network().with(foreign.list(evaluation.network()));
    }

    @Override
    public GuestSystem guestSystem() {
        return request.guestSystem();
    }

    @Override
    public List<OptionDocument> options(Deadline deadline) {
        return workshop.options(request, deadline);
    }

    @Override
    public Object configuration(String machine, List<String> path, int below, Progress progress, Deadline deadline) {
        var declared = new Selector(machine).select(network()).get(0);
        if (declared.isForeign()) {
            throw LabException.input(machine + " was built by somebody else; its configuration is not known", "", "");
        }
        return workshop.show(request, new ConfigurationQuery(declared.name(), path, below), progress, deadline);
    }

    @Override
    public Ownership ownership() {
        boolean owner = lock.isOwnOrFree();
        return new Ownership(owner, owner ? "" : lock.holder());
    }

    @Override
    public boolean isStale() {
        return evaluation.sources().changed()
                || network().machines().stream().anyMatch(machine -> vm(machine).isOutdated());
    }

    @Override
    public List<String> reload(Progress progress, Deadline deadline) {
        var before = evaluation.network();
        evaluation = workshop.evaluate(request, progress, deadline);
        evaluation.notes().forEach(progress::note);
        return NetworkChanges.between(before, evaluation.network());
    }

    @Override
    public void apply(Progress progress, Deadline deadline) {
        own();
        var outdated = network().machines().stream()
                .filter(machine -> vm(machine).isOutdated())
                .toList();
        var changing = outdated.stream()
                .filter(machine -> isChangeable(machine, progress))
                .toList();
        build.make(changing, progress, deadline);
        EachMachine.apply("switched", changing, machine -> {
            workshop.reconfigure(vm(machine), progress, deadline);
            return machine;
        });
    }

    /** Returns whether a machine can change without a restart; if not, says why. */
    private boolean isChangeable(Machine machine, Progress progress) {
        var obstacle = workshop.obstacle(vm(machine));
        obstacle.ifPresent(reason -> progress.note(runsAnOlderOne(machine) + " (" + reason + ")"));
        return obstacle.isEmpty();
    }

    private static String runsAnOlderOne(Machine machine) {
        return machine.name() + " runs an older configuration; 'restart " + machine.name() + "' takes the new one";
    }

    @Override
    public void addMachine(String name, Path script) {
        own();
        foreign.add(name, script, network());
    }

    @Override
    public void removeMachine(String name) {
        own();
        foreign.remove(name);
    }

    @Override
    public Vm machine(String name) {
        return vm(new Selector(name).select(network()).get(0));
    }

    @Override
    public Path build(Selector selector, BuildRequest wish, Progress progress, Deadline deadline) {
        keep();
        refresh(progress, deadline);
        var machines = build.make(selector.select(network()), progress, deadline);
        return build.result(machines, network(), wish, progress, deadline);
    }

    @Override
    public List<MachineStatus> run(Selector selector, RunRequest wish, Progress progress, Deadline deadline) {
        own();
        refresh(progress, deadline);
        var unready = selector.select(network()).stream()
                .filter(machine -> !vm(machine).isRunning() || !vm(machine).wasReady())
                .toList();
        if (!unready.isEmpty()) {
            start(selector, unready, wish, progress, deadline);
        }
        directory.makeRuntime();
        switches.start(network().vlans(), deadline);
        selector.select(network()).stream()
                .filter(machine -> vm(machine).isOutdated())
                .forEach(machine -> progress.note(runsAnOlderOne(machine)));
        undeclared
                .names(network())
                .forEach(name -> progress.note(name + " still runs, but is no longer in "
                        + networkFile().getFileName() + "; 'stop' stops it with the others"));
        if (wish.useBackdoor()) {
            var here = workshops.host().workingDirectory();
            selector.select(network())
                    .forEach(machine ->
                            entrances.leaveLink(machine, here.resolve(machine.name() + ".socket"), deadline));
        }
        var found = look(selector, deadline);
        soundness.check(selector.select(network()).stream().map(this::vm).toList(), found, progress);
        return found;
    }

    /** Brings machines to readiness: those that do not run, and those whose start was left unfinished. */
    private void start(
            Selector selector, List<Machine> unready, RunRequest wish, Progress progress, Deadline deadline) {
        unready.stream().map(this::vm).filter(vm -> !vm.isRunning()).forEach(QemuVm::requireUsableDisks);
        // Those that run already are part of the result, too.
        var built = build.make(selector.select(network()), progress, deadline);
        if (wish.outLink() && !built.isEmpty()) {
            build.result(built, network(), new BuildRequest(true, wish.useBackdoor()), progress, deadline);
        }
        // Only a machine of nixlab's can tell; also whether those of others run with what they ask for.
        var probe =
                built.isEmpty() ? build.make(evaluation.network().machines().subList(0, 1), progress, deadline) : built;
        var acceleration = workshops.acceleration().find(probe, progress, deadline);
        var boot = Deadline.in(wish.bootLimit().orElse(workshops.acceleration().bootLimit(unready.size())))
                .orSooner(deadline);
        directory.makeRuntime();
        try {
            var sockets = switches.start(network().vlans(), deadline);
            EachMachine.apply("started", unready, machine -> {
                var vm = vm(machine);
                if (!vm.isRunning()) {
                    progress.machine(machine.name(), Phase.STARTING, "");
                    vm.start(
                            script(machine, built),
                            sockets,
                            acceleration,
                            workshops.host().environment());
                }
                vm.awaitReady(phase -> progress.machine(machine.name(), phase, ""), progress::note, boot);
                return machine;
            });
        } catch (RuntimeException e) {
            tidy();
            throw e;
        }
    }

    private static Path script(Machine machine, List<BuiltMachine> built) {
        return machine.origin() instanceof Origin.Foreign foreign
                ? foreign.script()
                : built.stream()
                        .filter(candidate -> candidate.name().equals(machine.name()))
                        .findFirst()
                        .orElseThrow()
                        .script();
    }

    @Override
    public void stop(Selector selector, Progress progress, Deadline deadline) {
        own();
        EachMachine.apply("stopped", selector.select(network()), machine -> {
            var vm = vm(machine);
            boolean wasRunning = vm.isRunning();
            if (wasRunning) {
                progress.machine(machine.name(), Phase.STOPPING, "");
            }
            vm.stop(progress::note, deadline);
            entrances.removeLink(machine.name());
            if (wasRunning) {
                progress.machine(machine.name(), Phase.STOPPED, "");
            }
            return machine;
        });
        if (selector.equals(Selector.ALL)) {
            undeclared.stop(network(), progress::note, entrances::removeLink, deadline);
        }
        tidy();
    }

    @Override
    public void kill(Selector selector, Deadline deadline) {
        own();
        EachMachine.apply("killed", selector.select(network()), machine -> {
            vm(machine).kill(deadline);
            entrances.removeLink(machine.name());
            return machine;
        });
        if (selector.equals(Selector.ALL)) {
            undeclared.kill(network(), entrances::removeLink, deadline);
        }
        tidy();
    }

    @Override
    public List<MachineStatus> restart(Selector selector, RunRequest wish, Progress progress, Deadline deadline) {
        own();
        // What cannot be read or built must not cost a machine that runs.
        refresh(progress, deadline);
        selector.select(network()).forEach(machine -> vm(machine).requireUsableDisks());
        build.make(selector.select(network()), progress, deadline);
        var open = entrances.open(selector.select(network()), deadline);
        stop(selector, progress, deadline);
        try {
            return run(selector, wish, progress, deadline);
        } finally {
            if (runs()) {
                entrances.openAgain(open, deadline);
            }
        }
    }

    @Override
    public Forwards forwards() {
        return entrances.forwards(this::network);
    }

    @Override
    public List<SshHost> ssh(Selector selector, Deadline deadline) {
        keep();
        return entrances.ssh(selector.select(network()), deadline);
    }

    @Override
    public List<MachineStatus> status(Selector selector, Deadline deadline) {
        var found = look(selector, deadline);
        if (!selector.equals(Selector.ALL)) {
            return found;
        }
        var all = new ArrayList<>(found);
        all.addAll(undeclared.status(network(), networkFile().getFileName().toString()));
        return all;
    }

    private List<MachineStatus> look(Selector selector, Deadline deadline) {
        return EachMachine.apply(
                "asked",
                selector.select(network()),
                machine -> soundness.told(vm(machine), vm(machine).status(deadline)));
    }

    @Override
    public Duration defaultTimeout(Verb verb) {
        return switch (verb) {
            case BUILD -> Duration.ofMinutes(60);
            case RUN -> Duration.ofMinutes(60);
            case STOP -> workshops.acceleration().known().scale(Duration.ofSeconds(30));
            case LOOK -> workshops.acceleration().known().scale(Duration.ofSeconds(2));
            case ATTACH -> workshops.acceleration().known().scale(Duration.ofSeconds(30));
            case SCRIPT -> Duration.ofMinutes(15);
        };
    }

    @Override
    public void close() {
        synchronized (vms) {
            vms.values().forEach(closer::register);
            vms.clear();
        }
        closer.close();
    }

    private void refresh(Progress progress, Deadline deadline) {
        if (evaluation.sources().changed()) {
            progress.note(networkFile().getFileName() + " has changed; reading it again");
            reload(progress, deadline);
        }
    }

    private QemuVm vm(Machine machine) {
        synchronized (vms) {
            var known = vms.get(machine.name());
            var place = directory.machine(machine.name());
            if (known != null
                    && known.declared().equals(machine)
                    && known.directory().equals(place)) {
                return known;
            }
            var fresh = new QemuVm(machine, place, workshops.host().terminalType());
            var before = vms.put(machine.name(), fresh);
            if (before != null) {
                before.close();
            }
            return fresh;
        }
    }

    /** With the last machine, the switches and the runtime directory go. */
    private void tidy() {
        if (undeclared.noneRuns()) {
            switches.stop();
            entrances.close();
            directory.deleteRuntime();
        }
    }
}

package org.nixlab.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Closer;
import org.nixlab.base.Deadline;
import org.nixlab.base.Threads;
import org.nixlab.lab.entrance.Forwards;
import org.nixlab.lab.entrance.LabEntrances;
import org.nixlab.lab.entrance.SshHost;
import org.nixlab.lab.state.ForeignMachines;
import org.nixlab.lab.state.FreshLab;
import org.nixlab.lab.state.FreshLabs;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.state.LabLock;
import org.nixlab.lab.state.LabMemory;
import org.nixlab.lab.state.LoadedNetwork;
import org.nixlab.lab.state.Undeclared;
import org.nixlab.lab.system.EachMachine;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Phase;
import org.nixlab.machine.Vm;
import org.nixlab.machine.qemu.QemuVm;
import org.nixlab.model.Machine;
import org.nixlab.model.Network;
import org.nixlab.model.Selector;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.model.test.TestScript;
import org.nixlab.nix.Evaluation;

import static java.util.Objects.requireNonNull;

/** A lab whose machines run on this host. */
final class LocalLab implements Lab {
    private final Workshops workshops;
    private final LabMemory memory;
    private final LabDirectory directory;
    private final LoadedNetwork loaded;
    private final LabBuild build;
    private final LabEntrances entrances;
    private final Undeclared undeclared;
    private final LabRuntime runtime;
    private final LabStart start;
    private final LabLook look;
    private final Closer closer = new Closer();
    private final LabLock lock;
    private final LabMachines machines;
    private final Optional<FreshLab> fresh;

    LocalLab(LoadRequest request, Workshops workshops, Evaluation evaluation, LabMemory memory) {
        this(
                request,
                workshops,
                evaluation,
                memory,
                new LabLock(memory.directory().name(), memory.directory().lock()),
                Optional.empty());
    }

    /** Returns a lab for one run. */
    static LocalLab of(
            FreshLabs.Made made, LoadRequest request, Workshops workshops, Evaluation evaluation, LabMemory memory) {
        return new LocalLab(request, workshops, evaluation, memory, made.lock(), Optional.of(made.lab()));
    }

    private LocalLab(
            LoadRequest request,
            Workshops workshops,
            Evaluation evaluation,
            LabMemory memory,
            LabLock lock,
            Optional<FreshLab> fresh) {
        this.fresh = requireNonNull(fresh, "fresh");
        this.workshops = requireNonNull(workshops, "workshops");
        this.memory = requireNonNull(memory, "memory");
        this.directory = memory.directory();
        var workshop = workshops.of(request.guestSystem());
        this.loaded = new LoadedNetwork(request, workshop, new ForeignMachines(directory), evaluation);
        this.entrances = new LabEntrances(directory, workshop::programs);
        this.undeclared = new Undeclared(directory);
        this.lock = closer.register(lock);
        this.machines =
                closer.register(new LabMachines(directory, workshops.host().terminalType()));
        var switches = new Switches(directory::runtime);
        this.runtime = new LabRuntime(directory, switches, entrances, undeclared);
        this.build = new LabBuild(loaded, workshops, directory, runtime);
        var ports = fresh.map(own -> closer.register(workshops.hostPorts()));
        this.start = new LabStart(loaded, workshops, build, machines, runtime, ports);
        this.look = new LabLook(loaded, machines, undeclared, new Soundness(switches));
    }

    /** Makes the lab be there for others, with what it was loaded with. */
    void keep() {
        runtime.whileThere(() -> {
            memory.keep();
            return memory;
        });
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
    public LoadRequest request() {
        return loaded.request();
    }

    @Override
    public Network network() {
        return loaded.network();
    }

    private List<Machine> chosen(Selector selector) {
        return selector.select(network());
    }

    @Override
    public GuestSystem guestSystem() {
        return loaded.request().guestSystem();
    }

    @Override
    public Optional<TestScript> test() {
        return loaded.test();
    }

    @Override
    public List<OptionDocument> options(Deadline deadline) {
        return loaded.options(deadline);
    }

    @Override
    public Object configuration(String machine, List<String> path, int below, Progress progress, Deadline deadline) {
        return loaded.configuration(machine, path, below, progress, deadline);
    }

    @Override
    public Ownership ownership() {
        boolean owner = lock.isOwnOrFree();
        return new Ownership(owner, owner ? "" : lock.holder());
    }

    @Override
    public boolean isStale() {
        return loaded.hasChanged() || !machines.outdated(network().machines()).isEmpty();
    }

    @Override
    public List<String> reload(Progress progress, Deadline deadline) {
        return loaded.reload(progress, deadline);
    }

    @Override
    public void apply(Progress progress, Deadline deadline) {
        own();
        var changing = machines.outdated(network().machines()).stream()
                .filter(machine -> isChangeable(machine, progress))
                .toList();
        build.make(changing, progress, deadline);
        EachMachine.apply("switched", changing, machine -> {
            loaded.workshop().reconfigure(machines.vm(machine), progress, deadline);
            return machine;
        });
    }

    /** Returns whether a machine can change without a restart; if not, says why. */
    private boolean isChangeable(Machine machine, Progress progress) {
        var obstacle = loaded.workshop().obstacle(machines.vm(machine));
        obstacle.ifPresent(reason -> progress.note(LabLook.isOutdated(machine) + " (" + reason + ")"));
        return obstacle.isEmpty();
    }

    @Override
    public void addMachine(String name, Path script) {
        own();
        loaded.add(name, script);
    }

    @Override
    public void addMachine(String name, String command) {
        own();
        loaded.add(name, command);
    }

    @Override
    public void removeMachine(String name) {
        own();
        loaded.remove(name);
    }

    @Override
    public Vm machine(String name) {
        return machines.vm(Selector.one(name, network()));
    }

    @Override
    public Path build(Selector selector, BuildRequest wish, Progress progress, Deadline deadline) {
        keep();
        loaded.refresh(progress, deadline);
        var allowed = new BuildRequest(wish.outLink() && fresh.isEmpty(), wish.useBackdoor());
        return build.result(build.make(chosen(selector), progress, deadline), allowed, progress, deadline);
    }

    @Override
    public List<MachineStatus> run(Selector selector, RunRequest wish, Progress progress, Deadline deadline) {
        var known = chosen(selector);
        if (wish.until() != Until.READY && !wish.useBackdoor() && start.haveCome(known, wish.until())) {
            return look.glance(known);
        }
        own();
        loaded.refresh(progress, deadline);
        var chosen = chosen(selector);
        start.start(chosen, fresh.isEmpty() ? wish : wish.withoutLink(), progress, deadline);
        look.noteOutdated(chosen, progress);
        if (wish.useBackdoor()) {
            var here = workshops.host().workingDirectory();
            chosen.forEach(machine -> entrances.leaveLink(machine, here.resolve(machine.name() + ".socket"), deadline));
        }
        return wish.until() == Until.READY ? look.check(chosen, progress, deadline) : look.glance(chosen);
    }

    @Override
    public void stop(Selector selector, Progress progress, Deadline deadline) {
        own();
        EachMachine.apply("stopped", chosen(selector), machine -> {
            var vm = machines.vm(machine);
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
        runtime.tidy();
    }

    @Override
    public void kill(Selector selector, Deadline deadline) {
        own();
        EachMachine.apply("killed", chosen(selector), machine -> {
            machines.vm(machine).kill(deadline);
            entrances.removeLink(machine.name());
            return machine;
        });
        if (selector.equals(Selector.ALL)) {
            undeclared.kill(network(), entrances::removeLink, deadline);
        }
        runtime.tidy();
    }

    @Override
    public List<MachineStatus> restart(Selector selector, RunRequest wish, Progress progress, Deadline deadline) {
        own();
        // What cannot be read or built must not cost a machine that runs.
        loaded.refresh(progress, deadline);
        var chosen = chosen(selector);
        chosen.stream().map(machines::vm).forEach(QemuVm::requireUsableDisks);
        build.make(chosen, progress, deadline);
        var open = entrances.open(chosen, deadline);
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
    public void discard(Deadline deadline) {
        var mine = required();
        Threads.undisturbed("discard", () -> {
            runtime.end(deadline);
            machines.close();
            new FreshLabs(directory.home(), LabEnd::now, note -> {}).remove(mine, deadline);
            closer.close();
        });
    }

    @Override
    public void leaveUp() {
        keep();
        required().keep();
    }

    private FreshLab required() {
        return fresh.orElseThrow(() -> new IllegalStateException(name() + " is not of one run"));
    }

    @Override
    public Forwards forwards() {
        return entrances.forwards(this::network);
    }

    @Override
    public List<SshHost> ssh(Selector selector, Deadline deadline) {
        keep();
        return entrances.ssh(chosen(selector), deadline);
    }

    @Override
    public List<MachineStatus> status(Selector selector, Deadline deadline) {
        return selector.equals(Selector.ALL) ? look.atAll(deadline) : look.at(chosen(selector), deadline);
    }

    @Override
    public Duration defaultTimeout(TimedWork work) {
        var acceleration = workshops.acceleration().known();
        return switch (work) {
            case BUILD, RUN -> Duration.ofMinutes(60);
            case STOP, ATTACH -> acceleration.scale(Duration.ofSeconds(30));
            case LOOK -> acceleration.scale(Duration.ofSeconds(2));
            case SCRIPT -> Duration.ofMinutes(15);
        };
    }

    @Override
    public void close() {
        closer.close();
    }
}

package org.nixlab.lab;

import java.nio.file.Path;
import java.time.Duration;
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
import org.nixlab.machine.VmEnd;
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
    private final LabDirectory directory;
    private final Workshop workshop;
    private final LabLock lock;
    private final Switches switches;
    private final Doors doors;
    private final ForeignMachines foreign;
    private final Closer closer = new Closer();
    private final Map<String, QemuVm> vms = new HashMap<>(); // guarded by itself
    private volatile Evaluation evaluation;

    LocalLab(LoadRequest request, LabDirectory directory, Workshop workshop, Evaluation evaluation) {
        this.request = requireNonNull(request, "request");
        this.directory = requireNonNull(directory, "directory");
        this.workshop = requireNonNull(workshop, "workshop");
        this.evaluation = requireNonNull(evaluation, "evaluation");
        this.lock = closer.register(new LabLock(directory.name(), directory.lock()));
        this.switches = new Switches(directory.runtime());
        this.doors = new Doors(directory);
        this.foreign = new ForeignMachines(directory);
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
        return NetworkChanges.between(before, evaluation.network());
    }

    @Override
    public void apply(Progress progress, Deadline deadline) {
        lock.take();
        var outdated = network().machines().stream()
                .filter(machine -> vm(machine).isOutdated())
                .toList();
        var changing = outdated.stream()
                .filter(machine -> new Reconfiguration(vm(machine)).isPossible(progress))
                .toList();
        made(changing, progress, deadline);
        EachMachine.apply("switched", changing, machine -> {
            new Reconfiguration(vm(machine)).apply(progress, deadline);
            return machine;
        });
    }

    @Override
    public void addMachine(String name, Path script) {
        lock.take();
        foreign.add(name, script, network());
    }

    @Override
    public void removeMachine(String name) {
        lock.take();
        if (end(name).isRunning()) {
            throw LabException.input(name + " still runs", "", "stop " + name);
        }
        foreign.remove(name);
    }

    @Override
    public Vm machine(String name) {
        return vm(new Selector(name).select(network()).get(0));
    }

    @Override
    public Path build(Selector selector, BuildRequest wish, Progress progress, Deadline deadline) {
        refresh(progress, deadline);
        return result(made(selector.select(network()), progress, deadline), wish, progress, deadline);
    }

    /** Builds those that are nixlab's to build. */
    private List<BuiltMachine> made(List<Machine> machines, Progress progress, Deadline deadline) {
        var own = machines.stream().filter(machine -> !machine.isForeign()).toList();
        if (own.isEmpty()) {
            return List.of();
        }
        var built = workshop.build(request, own, directory.nixRoots(), progress, deadline);
        built.forEach(machine -> workshop.keep(directory.makeMachine(machine.name()), List.of(machine)));
        return built;
    }

    private Path result(List<BuiltMachine> built, BuildRequest wish, Progress progress, Deadline deadline) {
        return workshop.result(request, built, network().vlans(), wish, progress, deadline);
    }

    @Override
    public List<MachineStatus> run(Selector selector, RunRequest wish, Progress progress, Deadline deadline) {
        lock.take();
        refresh(progress, deadline);
        var unready = selector.select(network()).stream()
                .filter(machine -> !vm(machine).isRunning() || !vm(machine).wasReady())
                .toList();
        if (!unready.isEmpty()) {
            start(selector, unready, wish, progress, deadline);
        }
        selector.select(network()).stream()
                .filter(machine -> vm(machine).isOutdated())
                .forEach(machine -> progress.note(machine.name() + " runs an older configuration; 'restart "
                        + machine.name() + "' takes the new one"));
        undeclared()
                .forEach(name -> progress.note(name + " still runs, but is no longer in "
                        + networkFile().getFileName() + "; 'stop' stops it with the others"));
        if (wish.useBackdoor()) {
            var here = workshop.host().workingDirectory();
            selector.select(network())
                    .forEach(machine -> doors.leaveLink(machine, here.resolve(machine.name() + ".socket"), deadline));
        }
        return checked(status(selector, deadline));
    }

    /** Brings machines to readiness: those that do not run, and those whose start was left unfinished. */
    private void start(
            Selector selector, List<Machine> unready, RunRequest wish, Progress progress, Deadline deadline) {
        // Those that run already are part of the result, too.
        var built = made(selector.select(network()), progress, deadline);
        if (wish.outLink() && !built.isEmpty()) {
            result(built, new BuildRequest(true, wish.useBackdoor()), progress, deadline);
        }
        // Only a machine of nixlab's can tell; also whether those of others run with what they ask for.
        var probe = built.isEmpty() ? made(evaluation.network().machines().subList(0, 1), progress, deadline) : built;
        var acceleration = workshop.acceleration(probe.get(0), progress, deadline);
        var boot = Deadline.in(wish.bootLimit().orElse(workshop.bootLimit(unready.size())))
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
                            workshop.host().environment());
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

    private static List<MachineStatus> checked(List<MachineStatus> found) {
        var failed = found.stream()
                .filter(status -> !status.failedUnits().isEmpty())
                .map(status -> status.name() + ": " + String.join(" ", status.failedUnits()))
                .toList();
        if (!failed.isEmpty()) {
            var first = found.stream()
                    .filter(status -> !status.failedUnits().isEmpty())
                    .findFirst()
                    .orElseThrow();
            throw LabException.host(
                    "units failed on " + String.join("; ", failed),
                    "",
                    "logs " + first.name() + " " + first.failedUnits().get(0) + " shows why");
        }
        return found;
    }

    @Override
    public void stop(Selector selector, Progress progress, Deadline deadline) {
        lock.take();
        EachMachine.apply("stopped", selector.select(network()), machine -> {
            var vm = vm(machine);
            boolean wasRunning = vm.isRunning();
            if (wasRunning) {
                progress.machine(machine.name(), Phase.STOPPING, "");
            }
            vm.stop(progress::note, deadline);
            doors.removeLink(machine.name());
            if (wasRunning) {
                progress.machine(machine.name(), Phase.STOPPED, "");
            }
            return machine;
        });
        if (selector.equals(Selector.ALL)) {
            undeclared().forEach(name -> {
                end(name).stop(progress::note, deadline);
                doors.removeLink(name);
            });
        }
        tidy();
    }

    @Override
    public void kill(Selector selector, Deadline deadline) {
        lock.take();
        EachMachine.apply("killed", selector.select(network()), machine -> {
            var vm = vm(machine);
            vm.kill(deadline);
            doors.removeLink(machine.name());
            return machine;
        });
        if (selector.equals(Selector.ALL)) {
            undeclared().forEach(name -> {
                end(name).kill(deadline);
                doors.removeLink(name);
            });
        }
        tidy();
    }

    @Override
    public List<MachineStatus> restart(Selector selector, RunRequest wish, Progress progress, Deadline deadline) {
        var open = doors.open(selector.select(network()), deadline);
        stop(selector, progress, deadline);
        try {
            return run(selector, wish, progress, deadline);
        } finally {
            if (runs()) {
                doors.openAgain(open, deadline);
            }
        }
    }

    @Override
    public Forwards forwards() {
        return doors.forwards(this::network);
    }

    @Override
    public List<SshHost> ssh(Selector selector, Deadline deadline) {
        return doors.ssh(selector.select(network()), deadline);
    }

    @Override
    public List<MachineStatus> status(Selector selector, Deadline deadline) {
        return EachMachine.apply(
                "asked", selector.select(network()), machine -> vm(machine).status(deadline));
    }

    @Override
    public Duration defaultTimeout(Verb verb) {
        return switch (verb) {
            case BUILD -> Duration.ofMinutes(60);
            case RUN -> Duration.ofMinutes(60);
            case STOP -> workshop.knownAcceleration().scale(Duration.ofSeconds(30));
            case LOOK -> workshop.knownAcceleration().scale(Duration.ofSeconds(2));
            case ATTACH -> workshop.knownAcceleration().scale(Duration.ofSeconds(30));
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
            if (known != null && known.declared().equals(machine)) {
                return known;
            }
            var fresh = new QemuVm(
                    machine, directory.machine(machine.name()), workshop.host().terminalType());
            var before = vms.put(machine.name(), fresh);
            if (before != null) {
                before.close();
            }
            return fresh;
        }
    }

    /** Returns the machines that run although the network file no longer has them. */
    private List<String> undeclared() {
        var declared = network().machines().stream().map(Machine::name).toList();
        return directory.machines().stream()
                .filter(name -> !declared.contains(name) && end(name).isRunning())
                .toList();
    }

    private VmEnd end(String name) {
        return VmEnd.of(name, directory.machine(name));
    }

    /** With the last machine, the switches and the runtime directory go. */
    private void tidy() {
        if (directory.machines().stream().noneMatch(name -> end(name).isRunning())) {
            switches.stop();
            doors.close();
            directory.deleteRuntime();
        }
    }
}

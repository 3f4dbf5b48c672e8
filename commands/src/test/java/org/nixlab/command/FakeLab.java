package org.nixlab.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.Lab;
import org.nixlab.lab.entrance.Forwards;
import org.nixlab.lab.entrance.SshHost;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Phase;
import org.nixlab.model.Machine;
import org.nixlab.model.Network;
import org.nixlab.model.Selector;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.model.test.TestScript;

/** A lab of fake machines; they are ready at once. */
public final class FakeLab implements Lab {
    public volatile boolean stale;
    public volatile boolean open = true;
    /** What became of a lab for one run. */
    public volatile boolean discarded;

    public volatile boolean leftUp;
    private final boolean fresh;
    private final FakeForwards forwards = new FakeForwards();
    private final Path file;
    private volatile Network network;
    private final Map<String, FakeVm> machines = new TreeMap<>();

    public FakeLab(Path file, Network network) {
        this(file, network, false);
    }

    /** @param fresh whether it is for one run */
    FakeLab(Path file, Network network, boolean fresh) {
        this.fresh = fresh;
        this.file = file;
        this.network = network;
        network.machines()
                .forEach(machine -> machines.put(
                        machine.name(), new FakeVm(machine, directory().resolve(machine.name() + ".console"))));
    }

    @Override
    public String name() {
        return file.getFileName().toString().replaceFirst("\\.[a-z]+$", "") + (fresh ? "@1" : "");
    }

    @Override
    public Path directory() {
        return file.getParent();
    }

    @Override
    public LoadRequest request() {
        return LoadRequest.of(file.toString(), directory());
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Optional<TestScript> test() {
        return Optional.empty();
    }

    @Override
    public GuestSystem guestSystem() {
        return GuestSystem.DEBIAN;
    }

    @Override
    public List<OptionDocument> options(Deadline deadline) {
        return FakeLabs.documents();
    }

    @Override
    public Object configuration(String machine, List<String> path, int below, Progress progress, Deadline deadline) {
        machine(machine);
        if (path.equals(List.of("services", "httpd"))) {
            var value = new TreeMap<String, Object>();
            value.put("enable", true);
            value.put("extraConfig", "one\ntwo\n");
            value.put("package", "«derivation apache»");
            value.put("virtualHosts", Map.of("web.example", List.of(below, machine)));
            return value;
        }
        throw LabException.input("there is no `" + String.join(".", path) + "`", "", "");
    }

    @Override
    public Forwards forwards() {
        return forwards;
    }

    @Override
    public List<SshHost> ssh(Selector selector, Deadline deadline) {
        return selector.select(network).stream()
                .map(machine -> new SshHost(
                        List.of(machine.name(), machine.name() + ".example.net"),
                        2200 + machine.index(),
                        directory().resolve("a key"),
                        directory().resolve("known_hosts")))
                .toList();
    }

    @Override
    public Ownership ownership() {
        return new Ownership(true, "");
    }

    @Override
    public boolean isStale() {
        return stale;
    }

    @Override
    public List<String> reload(Progress progress, Deadline deadline) {
        stale = false;
        return List.of("db changed: memory 300 MiB -> 400 MiB");
    }

    @Override
    public void apply(Progress progress, Deadline deadline) {
        progress.note("db: switching");
    }

    @Override
    public void addMachine(String name, Path script) {
        if (name.equals(Selector.ALL.text())) {
            throw LabException.input("'" + name + "' cannot be the name of a machine", "", "");
        }
        if (machines.containsKey(name)) {
            throw LabException.input("there is a machine '" + name + "' already", "", "");
        }
        if (!Files.isExecutable(script)) {
            throw LabException.input("'" + script + "' is no program", "", "");
        }
        var machine = Machine.foreign(name, machines.size() + 1, List.of(), script);
        network = network.with(List.of(machine));
        machines.put(name, new FakeVm(machine, directory().resolve(name + ".console")));
    }

    @Override
    public void addMachine(String name, String command) {
        addMachine(name, Path.of("/bin/sh"));
    }

    @Override
    public void removeMachine(String name) {
        if (network.machine(name).filter(Machine::isForeign).isEmpty()) {
            throw LabException.input("'" + name + "' was not added", "", "");
        }
        if (machine(name).phase() != Phase.STOPPED) {
            throw LabException.input(name + " still runs", "", "stop " + name);
        }
        network = new Network(
                network.description(),
                network.machines().stream()
                        .filter(machine -> !machine.name().equals(name))
                        .toList());
        machines.remove(name);
    }

    @Override
    public FakeVm machine(String name) {
        return machines.get(Selector.one(name, network).name());
    }

    @Override
    public Path build(Selector selector, BuildRequest request, Progress progress, Deadline deadline) {
        progress.step("base amd64", "unpacking", 0.5);
        progress.step("base amd64", "", 1);
        return Path.of(request.outLink() ? "result" : "/cache/result");
    }

    @Override
    public List<MachineStatus> run(Selector selector, RunRequest request, Progress progress, Deadline deadline) {
        if (discarded) {
            throw LabException.host("the lab " + name() + " was discarded", "", "");
        }
        var wanted = Phase.valueOf(request.until().name().replace("STARTED", "STARTING"));
        for (var machine : selector.select(network)) {
            for (var phase : List.of(Phase.STARTING, Phase.KERNEL, Phase.SYSTEMD, Phase.BACKDOOR, Phase.READY)) {
                if (machine(machine.name()).phase().compareTo(phase) < 0 && phase.compareTo(wanted) <= 0) {
                    progress.machine(machine.name(), phase, "");
                    machine(machine.name()).enter(phase);
                }
            }
        }
        return status(selector, deadline);
    }

    @Override
    public void discard(Deadline deadline) {
        requireFresh();
        stop(Selector.ALL, Progress.NONE, deadline);
        discarded = true;
    }

    @Override
    public void leaveUp() {
        requireFresh();
        leftUp = true;
    }

    private void requireFresh() {
        if (!fresh) {
            throw new IllegalStateException(name() + " is not of one run");
        }
    }

    @Override
    public void stop(Selector selector, Progress progress, Deadline deadline) {
        for (var machine : selector.select(network)) {
            if (machine(machine.name()).phase() != Phase.STOPPED) {
                progress.machine(machine.name(), Phase.STOPPING, "");
                machine(machine.name()).enter(Phase.STOPPED);
                progress.machine(machine.name(), Phase.STOPPED, "");
            }
        }
    }

    @Override
    public void kill(Selector selector, Deadline deadline) {
        stop(selector, Progress.NONE, deadline);
    }

    @Override
    public List<MachineStatus> restart(Selector selector, RunRequest request, Progress progress, Deadline deadline) {
        stop(selector, progress, deadline);
        return run(selector, request, progress, deadline);
    }

    @Override
    public List<MachineStatus> status(Selector selector, Deadline deadline) {
        return selector.select(network).stream()
                .map(Machine::name)
                .map(name -> machine(name).status(deadline))
                .toList();
    }

    @Override
    public Duration defaultTimeout(TimedWork work) {
        return Duration.ofSeconds(10);
    }

    @Override
    public void close() {
        if (!open) {
            throw LabException.host("the lab was closed twice", "", "");
        }
        open = false;
    }
}

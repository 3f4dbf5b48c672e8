package org.nixlab.lab.entrance;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.model.Machine;
import org.nixlab.model.Network;
import org.nixlab.process.Daemon;
import org.nixlab.relay.Entrance;
import org.nixlab.relay.LabRelay;

import static java.util.Objects.requireNonNull;

/** The ways for other programs of the host into a lab's machines, which its relay keeps open. */
public final class LabEntrances {
    private final LabDirectory directory;
    private final Function<Machine, String> programs;

    /** @param programs where in a machine that nixlab built the programs of its channels are */
    public LabEntrances(LabDirectory directory, Function<Machine, String> programs) {
        this.directory = requireNonNull(directory, "directory");
        this.programs = requireNonNull(programs, "programs");
    }

    /** Its directory is another when the lab's state was removed. */
    private LabRelay relay() {
        return new LabRelay(directory.state(), directory.runtime());
    }

    public Forwards forwards(Supplier<Network> network) {
        return new RelayForwards(network, this::relay);
    }

    /**
     * Leaves a link to a machine's backdoor. It serves several clients at once, unless somebody else built the machine:
     * then it is the only one there is.
     */
    public void leaveLink(Machine machine, Path link, Deadline deadline) {
        var vm = directory.machine(machine.name());
        if (machine.isForeign()) {
            new BackdoorLink(vm, link, vm.backdoor()).leave();
            return;
        }
        var socket = directory.backdoor(machine.name());
        relay().add(Entrance.toCommand(machine.name(), socket.toString(), rootShell(machine)), deadline);
        new BackdoorLink(vm, link, socket).leave();
    }

    /** Returns the classic backdoor's shell, for each client anew. */
    private String rootShell(Machine machine) {
        return "exec " + programs.apply(machine) + "/backdoor stdio";
    }

    public void removeLink(String machine) {
        BackdoorLink.of(directory.machine(machine)).ifPresent(BackdoorLink::remove);
    }

    /** @throws LabException (host) if a machine cannot be reached by streams */
    static void requireStreams(Machine machine) {
        if (machine.isForeign()) {
            throw LabException.host(
                    machine.name() + " was built by somebody else and has only the classic backdoor", "", "");
        }
    }

    public List<SshHost> ssh(List<Machine> machines, Deadline deadline) {
        var own = machines.stream().filter(machine -> !machine.isForeign()).toList();
        if (own.isEmpty()) {
            machines.forEach(LabEntrances::requireStreams);
        }
        var keys = new SshKeys(directory.ssh());
        keys.make(deadline);
        return own.stream().map(machine -> sshHost(machine, keys, deadline)).toList();
    }

    private SshHost sshHost(Machine machine, SshKeys keys, Deadline deadline) {
        var wanted = Entrance.toCommand(machine.name(), "127.0.0.1:0", keys.serverCommand(programs.apply(machine)));
        var entrance = relay().list(deadline).stream()
                .filter(there -> there.on(wanted.listen()).equals(wanted))
                .findFirst()
                .orElseGet(() -> relay().add(wanted, deadline));
        return new SshHost(names(machine), entrance.hostPort().orElseThrow(), keys.identity(), keys.knownHosts());
    }

    /** Returns what is open now, for {@link #openAgain}. */
    public Open open(Collection<Machine> machines, Deadline deadline) {
        return new Open(
                relay().list(deadline),
                machines.stream()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                machine -> BackdoorLink.of(directory.machine(machine.name())),
                                (first, second) -> first)));
    }

    public void openAgain(Open before, Deadline deadline) {
        before.entrances().forEach(entrance -> relay().add(entrance, deadline));
        before.links().forEach((machine, left) -> left.ifPresent(link -> leaveLink(machine, link.link(), deadline)));
    }

    /** Returns the process of the relay, if it runs and was written down. */
    public Optional<Daemon> relayProcess() {
        return relay().noted();
    }

    /** Returns what knows the command line of the lab's relay. */
    public Predicate<List<String>> relayWords() {
        return relay()::isOf;
    }

    /** Closes them all. */
    public void close() {
        relay().stop();
    }

    private static List<String> names(Machine machine) {
        var identity = machine.identity();
        return Stream.of(machine.name(), identity.deploymentHostname(), identity.fqdn())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** What was open at some moment. */
    record Open(List<Entrance> entrances, Map<Machine, Optional<BackdoorLink>> links) {}
}

package org.nixlab.lab;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.nixlab.base.Deadline;
import org.nixlab.model.Machine;
import org.nixlab.relay.Entrance;
import org.nixlab.relay.LabRelay;

import static java.util.Objects.requireNonNull;

/** The ways for other programs of the host into a lab's machines, which its relay keeps open. */
final class Doors {
    /** What the classic backdoor does, for each client anew. */
    private static final String ROOT_SHELL = ". /etc/profile; export PAGER= USER=root HOME=/root; cd /tmp || cd /;"
            + " { exec 2>/dev/ttyS0; } 2>/dev/null || exec 2>/dev/console;"
            + " echo 'Spawning backdoor root shell...'; PS1='' exec bash --norc";

    private final LabDirectory directory;
    private final LabRelay relay;

    Doors(LabDirectory directory) {
        this.directory = requireNonNull(directory, "directory");
        this.relay = new LabRelay(directory.state(), directory.runtime());
    }

    Forwards forwards() {
        return new RelayForwards(relay);
    }

    /**
     * Leaves a link to a machine's backdoor. It serves several clients at once, unless somebody else built the machine:
     * then it is the only one there is.
     */
    void leaveLink(Machine machine, Path link, Deadline deadline) {
        var vm = directory.machine(machine.name());
        if (machine.isForeign()) {
            new BackdoorLink(vm, link, vm.backdoor()).leave();
            return;
        }
        var socket = directory.backdoor(machine.name());
        relay.add(Entrance.toCommand(machine.name(), socket.toString(), ROOT_SHELL), deadline);
        new BackdoorLink(vm, link, socket).leave();
    }

    void removeLink(String machine) {
        var vm = directory.machine(machine);
        BackdoorLink.of(vm).ifPresent(link -> {
            new BackdoorLink(vm, link, directory.backdoor(machine)).remove();
            new BackdoorLink(vm, link, vm.backdoor()).remove();
        });
    }

    List<SshHost> ssh(List<Machine> machines, Deadline deadline) {
        var keys = new SshKeys(directory.ssh());
        keys.make(deadline);
        return machines.stream()
                .filter(machine -> !machine.isForeign())
                .map(machine -> {
                    var wanted = Entrance.toCommand(machine.name(), "127.0.0.1:0", keys.serverCommand());
                    var there = relay.list().stream()
                            .filter(entrance -> entrance.on(wanted.listen()).equals(wanted))
                            .findFirst();
                    var listen =
                            there.orElseGet(() -> relay.add(wanted, deadline)).listen();
                    return new SshHost(
                            names(machine),
                            Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)),
                            keys.identity(),
                            keys.knownHosts());
                })
                .toList();
    }

    /** Returns what is open now, for {@link #openAgain}. */
    Open open(Collection<Machine> machines) {
        return new Open(
                relay.list(),
                machines.stream()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                machine -> BackdoorLink.of(directory.machine(machine.name())),
                                (first, second) -> first)));
    }

    void openAgain(Open before, Deadline deadline) {
        before.entrances().forEach(entrance -> relay.add(entrance, deadline));
        before.links().forEach((machine, link) -> link.ifPresent(path -> leaveLink(machine, path, deadline)));
    }

    /** Closes them all. */
    void close() {
        relay.stop();
    }

    private static List<String> names(Machine machine) {
        var identity = machine.identity();
        return Stream.of(machine.name(), identity.deploymentHostname(), identity.fqdn())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** What was open at some moment. */
    record Open(List<Entrance> entrances, Map<Machine, Optional<Path>> links) {}
}

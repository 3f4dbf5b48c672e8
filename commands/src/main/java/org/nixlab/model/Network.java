package org.nixlab.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A loaded network: its machines in alphabetical order.
 *
 * @param description what the network file says about itself, or empty
 * @param machines at least one machine, sorted by name
 */
public record Network(String description, List<Machine> machines) {
    public Network {
        machines = List.copyOf(machines);
        if (machines.isEmpty()) {
            throw new IllegalArgumentException("a network needs a machine");
        }
    }

    /** Returns this network with further machines. */
    public Network with(List<Machine> more) {
        return new Network(
                description,
                Stream.concat(machines.stream(), more.stream())
                        .sorted(Comparator.comparing(Machine::name))
                        .toList());
    }

    public Optional<Machine> machine(String name) {
        return machines.stream().filter(machine -> machine.name().equals(name)).findFirst();
    }

    public List<String> names() {
        return machines.stream().map(Machine::name).toList();
    }

    /** Returns the numbers of all VLANs any machine joins, ascending. */
    public SortedSet<Integer> vlans() {
        var vlans = new TreeSet<Integer>();
        machines.forEach(machine -> vlans.addAll(machine.hardware().vlans()));
        return vlans;
    }
}

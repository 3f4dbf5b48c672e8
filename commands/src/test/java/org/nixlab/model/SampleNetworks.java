package org.nixlab.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Small networks for tests; a machine whose name begins with {@code web} has the tag {@code front}. */
public final class SampleNetworks {
    private SampleNetworks() {}

    public static Network of(String... names) {
        var machines = new ArrayList<Machine>();
        for (var name : names) {
            machines.add(machine(name, machines.size() + 1));
        }
        return new Network("", machines);
    }

    public static Machine machine(String name, int index) {
        return new Machine(
                name,
                index,
                GuestArchitecture.X86_64,
                new Identity(name, name, "", name.startsWith("web") ? List.of("front") : List.of()),
                new Hardware(
                        1024, 1, 1024, List.of(1), false, false, List.of(), List.of(), List.of(), List.of(), List.of()),
                List.of(new NetworkInterface(
                        "eth1",
                        1,
                        "52:54:00:12:01:%02x".formatted(index),
                        List.of(new InterfaceAddress("192.168.1." + index, 24)))),
                new Configuration(List.of(), List.of(), List.of(), List.of(), Set.of(), List.of(), List.of()));
    }
}

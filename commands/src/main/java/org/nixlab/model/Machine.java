package org.nixlab.model;

import java.nio.file.Path;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One machine of a network, as declared.
 *
 * @param name the attribute name in the network file; letters, digits, hyphens, underscores, and dots before a domain
 * @param index its number in the network, from 1, in alphabetical order
 * @param system its architecture
 * @param identity its names
 * @param hardware what QEMU gives it
 * @param interfaces its VLAN interfaces {@code eth1}, {@code eth2}, ... in order; {@code eth0} is QEMU's user network
 * @param origin what it is made of, and by whom
 */
public record Machine(
        String name,
        int index,
        GuestArchitecture system,
        Identity identity,
        Hardware hardware,
        List<NetworkInterface> interfaces,
        Origin origin) {
    public Machine {
        requireNonNull(name, "name");
        requireNonNull(system, "system");
        requireNonNull(identity, "identity");
        requireNonNull(hardware, "hardware");
        requireNonNull(origin, "origin");
        interfaces = List.copyOf(interfaces);
    }

    /** A Debian machine. */
    public Machine(
            String name,
            int index,
            GuestArchitecture system,
            Identity identity,
            Hardware hardware,
            List<NetworkInterface> interfaces,
            Configuration configuration) {
        this(name, index, system, identity, hardware, interfaces, new Origin.Debian(configuration));
    }

    /**
     * Returns a machine that somebody else built, of which little is known.
     *
     * @param vlans the VLANs its script joins it to
     */
    public static Machine foreign(String name, int index, List<Integer> vlans, Path script) {
        return new Machine(
                name,
                index,
                GuestArchitecture.X86_64,
                new Identity(name, "", "", List.of("foreign")),
                new Hardware(0, 1, 0, vlans, true, false, List.of(), List.of(), List.of(), List.of(), List.of()),
                List.of(),
                new Origin.Foreign(script));
    }

    /** Returns the same as a Debian machine of another configuration. */
    public Machine with(Configuration configuration) {
        return new Machine(name, index, system, identity, hardware, interfaces, configuration);
    }

    /** Returns whether somebody else built it. */
    public boolean isForeign() {
        return origin instanceof Origin.Foreign;
    }

    /** Returns the names of the units of systemd that its configuration defines or enables, sorted. */
    public List<String> units() {
        return origin.units().stream().sorted().toList();
    }

    /** Returns the names of the accounts that its configuration declares, sorted. */
    public List<String> users() {
        return origin.users().stream().sorted().toList();
    }

    /**
     * Returns what is inside a Debian machine.
     *
     * @throws IllegalStateException if it is none
     */
    public Configuration configuration() {
        if (origin instanceof Origin.Debian debian) {
            return debian.configuration();
        }
        throw new IllegalStateException(name + " is no Debian machine");
    }

    /** Returns what its configuration wants the user to know. */
    public List<String> warnings() {
        return origin.warnings();
    }

    /** Returns the name of this machine as a Groovy variable: {@code web-1.lan} is {@code web_1_lan}. */
    public String variable() {
        return name.replace('-', '_').replace('.', '_');
    }

    /** Returns the address other machines reach it at first, or empty if it joins no VLAN. */
    public String address() {
        return interfaces.stream()
                .flatMap(nic -> nic.addresses().stream())
                .map(InterfaceAddress::address)
                .findFirst()
                .orElse("");
    }
}

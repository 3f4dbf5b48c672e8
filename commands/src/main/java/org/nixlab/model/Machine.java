package org.nixlab.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * One machine of a network, as declared.
 *
 * @param name the attribute name in the network file; letters, digits and hyphens
 * @param index its number in the network, from 1, in alphabetical order
 * @param system its architecture
 * @param identity its names
 * @param hardware what QEMU gives it
 * @param interfaces its VLAN interfaces {@code eth1}, {@code eth2}, ... in order; {@code eth0} is QEMU's user network
 * @param configuration what is inside it; nothing is known of a machine that somebody else built
 * @param script the start script of a machine that somebody else built; empty for those of the network file
 */
public record Machine(
        String name,
        int index,
        GuestArchitecture system,
        Identity identity,
        Hardware hardware,
        List<NetworkInterface> interfaces,
        Configuration configuration,
        Optional<Path> script) {
    public Machine {
        requireNonNull(name, "name");
        requireNonNull(system, "system");
        requireNonNull(identity, "identity");
        requireNonNull(hardware, "hardware");
        requireNonNull(configuration, "configuration");
        requireNonNull(script, "script");
        interfaces = List.copyOf(interfaces);
    }

    /** A machine of the network file. */
    public Machine(
            String name,
            int index,
            GuestArchitecture system,
            Identity identity,
            Hardware hardware,
            List<NetworkInterface> interfaces,
            Configuration configuration) {
        this(name, index, system, identity, hardware, interfaces, configuration, Optional.empty());
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
                new Configuration(List.of(), List.of(), List.of(), List.of(), Set.of(), List.of(), List.of()),
                Optional.of(script));
    }

    /** Returns whether somebody else built it. */
    public boolean isForeign() {
        return script.isPresent();
    }

    /** Returns the name of this machine as a Groovy variable: {@code web-1} is {@code web_1}. */
    public String variable() {
        return name.replace('-', '_');
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

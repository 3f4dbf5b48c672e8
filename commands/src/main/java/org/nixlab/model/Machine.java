package org.nixlab.model;

import java.util.List;

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
 * @param configuration what is inside it
 */
public record Machine(
        String name,
        int index,
        GuestArchitecture system,
        Identity identity,
        Hardware hardware,
        List<NetworkInterface> interfaces,
        Configuration configuration) {
    public Machine {
        requireNonNull(name, "name");
        requireNonNull(system, "system");
        requireNonNull(identity, "identity");
        requireNonNull(hardware, "hardware");
        requireNonNull(configuration, "configuration");
        interfaces = List.copyOf(interfaces);
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

package org.nixlab.model;

import java.util.List;

/**
 * One VLAN interface of a machine.
 *
 * @param name as the guest sees it, for example {@code eth1}
 * @param vlan the number of its VLAN
 * @param mac its hardware address, unique in the network
 */
public record NetworkInterface(String name, int vlan, String mac, List<InterfaceAddress> addresses) {
    public NetworkInterface {
        addresses = List.copyOf(addresses);
    }
}

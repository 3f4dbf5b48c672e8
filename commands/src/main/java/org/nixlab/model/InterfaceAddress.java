package org.nixlab.model;

/** An IP address of an interface with the length of its network prefix in bits. */
public record InterfaceAddress(String address, int prefixLength) {
    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}

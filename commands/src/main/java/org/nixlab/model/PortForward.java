package org.nixlab.model;

/**
 * A port of QEMU's user network that leads elsewhere.
 *
 * @param fromHost whether connections to the host lead into the guest; otherwise from the guest to the host
 * @param protocol {@code tcp} or {@code udp}
 * @param host the host's side
 * @param guest the guest's side
 */
public record PortForward(boolean fromHost, String protocol, Endpoint host, Endpoint guest) {

    /** An address, empty for the usual one, and a port. */
    public record Endpoint(String address, int port) {}
}

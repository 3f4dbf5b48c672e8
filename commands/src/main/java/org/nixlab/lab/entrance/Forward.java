package org.nixlab.lab.entrance;

/**
 * A port of a machine that programs of the host reach through the backdoor; the machine needs no network for it.
 *
 * @param machine name of the machine
 * @param host who is connected to, as the machine knows it: mostly {@code localhost}
 * @param port port of that
 * @param address address of the host where the relay listens
 * @param hostPort port of the host; 0 in a wish for any
 */
public record Forward(String machine, String host, int port, String address, int hostPort) {}

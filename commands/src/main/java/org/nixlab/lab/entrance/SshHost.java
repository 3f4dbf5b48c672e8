package org.nixlab.lab.entrance;

import java.nio.file.Path;
import java.util.List;

/**
 * What an ssh client of the host needs to log in to a machine (ssh_config(5)).
 *
 * @param names what users may call it
 * @param port port of the host's loopback address
 * @param identity the file of the key that opens every account of the machine
 * @param knownHosts the file with the machine's key
 */
public record SshHost(List<String> names, int port, Path identity, Path knownHosts) {}

package org.nixlab.model;

import java.util.List;

/**
 * The names of a machine.
 *
 * @param hostName {@code networking.hostName}
 * @param fqdn host name and domain, or the host name alone where no domain is set
 * @param deploymentHostname {@code deployment.hostname}: its name for ssh and name resolution, or empty
 * @param tags {@code deployment.tags}, for selectors such as {@code @web}
 */
public record Identity(String hostName, String fqdn, String deploymentHostname, List<String> tags) {
    public Identity {
        tags = List.copyOf(tags);
    }
}

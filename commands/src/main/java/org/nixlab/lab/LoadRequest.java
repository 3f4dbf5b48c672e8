package org.nixlab.lab;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A wish to load a network.
 *
 * @param file the network file
 * @param labName the lab's name ({@code --lab}); empty for the file's own name
 * @param guestSystem {@code --guest}
 * @param mirror {@code --mirror}: the Debian mirror to build from; empty for the host's
 * @param showTrace {@code --show-trace}: errors of Nix in full
 */
public record LoadRequest(
        Path file, Optional<String> labName, GuestSystem guestSystem, Optional<String> mirror, boolean showTrace) {}

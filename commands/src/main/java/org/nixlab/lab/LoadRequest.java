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
 * @param nix what is said to Nix where it builds the guests
 * @param showTrace {@code --show-trace}: errors of Nix in full
 */
public record LoadRequest(
        Path file,
        Optional<String> labName,
        GuestSystem guestSystem,
        Optional<String> mirror,
        NixOptions nix,
        boolean showTrace) {

    public LoadRequest withFile(Path other) {
        return new LoadRequest(other, labName, guestSystem, mirror, nix, showTrace);
    }

    public LoadRequest withGuestSystem(GuestSystem other) {
        return new LoadRequest(file, labName, other, mirror, nix, showTrace);
    }
}

package org.nixlab.command.verb;

import java.util.Optional;

import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How network files are read. */
final class LoadMixin {
    @Option(names = "--guest", paramLabel = "SYSTEM", description = "What the machines run: debian, nixos or auto.")
    Optional<GuestSystem> guestSystem = Optional.empty();

    @Option(names = "--mirror", paramLabel = "URL", description = "The Debian mirror to build from.")
    Optional<String> mirror = Optional.empty();

    @Mixin
    final NixMixin nix = new NixMixin();

    /** Returns the wish with what was said, over what it says already. */
    LoadRequest over(LoadRequest wish) {
        var request = guestSystem.map(wish::withGuestSystem).orElse(wish);
        return nix.over(mirror.map(request::withMirror).orElse(request));
    }
}

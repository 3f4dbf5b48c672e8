package org.nixlab.lab.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.base.Detail;
import org.nixlab.model.option.AttributePath;
import org.nixlab.nix.NetworkPart;

/**
 * A wish to load a network.
 *
 * @param file the network file; for an output of a flake, the one that nixlab writes in its place
 * @param flake the output of a flake that is meant
 * @param labName the lab's name ({@code --lab}); empty for the file's own name
 * @param guestSystem {@code --guest}
 * @param mirror {@code --mirror}: the Debian mirror to build from; empty for the host's
 * @param nix what is said to Nix where it builds the guests
 * @param part what of the file is wanted
 * @param detail how much is told of what is wrong
 */
public record LoadRequest(
        Path file,
        Optional<FlakeReference> flake,
        Optional<String> labName,
        GuestSystem guestSystem,
        Optional<String> mirror,
        NixOptions nix,
        NetworkPart part,
        Detail detail) {
    /** The network file of a flake. */
    private static final Path UNWRITTEN = Path.of("flake.nix");

    /**
     * Returns the wish for what a user named, a file or an output of a flake.
     *
     * @param directory what a relative path starts from
     */
    public static LoadRequest of(String named, Path directory) {
        var flake = FlakeReference.of(named, directory);
        int hash = Files.exists(directory.resolve(named)) ? -1 : named.indexOf('#');
        var file = flake.isPresent() ? UNWRITTEN : Path.of(hash < 0 ? named : named.substring(0, hash));
        return new LoadRequest(
                directory.resolve(file).normalize(),
                flake,
                Optional.empty(),
                GuestSystem.AUTO,
                Optional.empty(),
                NixOptions.NONE,
                flake.isPresent() ? NetworkPart.ALL : part(named, hash),
                Detail.SCREEN);
    }

    private static NetworkPart part(String named, int hash) {
        return hash < 0 ? NetworkPart.ALL : new NetworkPart(AttributePath.parse(named.substring(hash + 1)), false);
    }

    /** Returns what was named: the flake's output, else the file, and what of it is meant. */
    public String named() {
        var whole = flake.map(FlakeReference::toString).orElse(file.toString());
        return part.attribute().isEmpty() ? whole : whole + "#" + part.named();
    }

    public LoadRequest withLabName(String name) {
        return new LoadRequest(file, flake, Optional.of(name), guestSystem, mirror, nix, part, detail);
    }

    public LoadRequest withMirror(String url) {
        return new LoadRequest(file, flake, labName, guestSystem, Optional.of(url), nix, part, detail);
    }

    public LoadRequest withNix(NixOptions other) {
        return new LoadRequest(file, flake, labName, guestSystem, mirror, other, part, detail);
    }

    public LoadRequest withMirror(Optional<String> url) {
        return new LoadRequest(file, flake, labName, guestSystem, url, nix, part, detail);
    }

    public LoadRequest withTest() {
        return new LoadRequest(file, flake, labName, guestSystem, mirror, nix, part.andTest(), detail);
    }

    /** Returns the wish of a script. */
    public LoadRequest forScript() {
        return new LoadRequest(file, flake, labName, guestSystem, mirror, nix, part.forScript(), detail);
    }

    public LoadRequest with(Detail other) {
        return new LoadRequest(file, flake, labName, guestSystem, mirror, nix, part, other);
    }

    public LoadRequest withFile(Path other) {
        return new LoadRequest(other, flake, labName, guestSystem, mirror, nix, part, detail);
    }

    public LoadRequest withGuestSystem(GuestSystem other) {
        return new LoadRequest(file, flake, labName, other, mirror, nix, part, detail);
    }
}

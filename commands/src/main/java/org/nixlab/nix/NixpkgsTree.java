package org.nixlab.nix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static java.util.Objects.requireNonNull;

/**
 * A nixpkgs tree that NixOS guests can be built from.
 *
 * @param directory its root
 * @param origin what named it, for messages
 */
record NixpkgsTree(Path directory, String origin) {
    private static final Path DEFAULT = Path.of("/etc/nixos/nixpkgs");
    private static final Path CHANNEL = Path.of("/nix/var/nix/profiles/per-user/root/channels/nixpkgs");
    /** The file that has said since 2012 which Nix a tree needs, {@code lib/minver.nix}. */
    private static final Pattern NEEDED = Pattern.compile("\"(\\d+(?:\\.\\d+)*)\"");

    NixpkgsTree {
        requireNonNull(directory, "directory");
        requireNonNull(origin, "origin");
    }

    /**
     * Returns the tree to take: the one that was named, else that of {@code NIXPKGS_ALL}, else {@code <nixpkgs>}, else
     * {@code /etc/nixos/nixpkgs}.
     *
     * @param named a path, a flake reference, or empty
     * @throws LabException (usage) if the one that was named is none
     */
    static Optional<NixpkgsTree> find(
            Optional<String> named, Map<String, String> environment, HostNix nix, Deadline deadline) {
        if (named.isPresent()) {
            return Optional.of(named(named.get(), nix, deadline));
        }
        var variable = environment.getOrDefault("NIXPKGS_ALL", "");
        if (!variable.isEmpty()) {
            return Optional.of(checked(Path.of(variable), "NIXPKGS_ALL"));
        }
        var found = nix.run("nix-instantiate", List.of("--find-file", "nixpkgs"), deadline);
        if (found.succeeded()) {
            return Optional.of(checked(Path.of(found.out().strip()), "<nixpkgs>"));
        }
        return isTree(DEFAULT) ? Optional.of(new NixpkgsTree(DEFAULT, DEFAULT.toString())) : Optional.empty();
    }

    /**
     * Returns the tree to take, which the installed Nix can evaluate.
     *
     * @throws LabException (usage) if there is none; (host) if Nix is missing or too old for it
     */
    static NixpkgsTree require(
            Optional<String> named, Map<String, String> environment, HostNix nix, Deadline deadline) {
        var tree = find(named, environment, nix, deadline)
                .orElseThrow(() -> LabException.input(
                        "there is no nixpkgs tree to build NixOS guests from",
                        "",
                        "name one with --nixpkgs, NIXPKGS_ALL or NIX_PATH; --guest debian needs none"));
        tree.requireNix(nix.version(deadline));
        return tree;
    }

    /** Returns whether {@link #find} may find one where none is named; it does not ask Nix. */
    static boolean mayBeNamed(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", "/root");
        return !environment.getOrDefault("NIXPKGS_ALL", "").isEmpty()
                || !environment.getOrDefault("NIX_PATH", "").isEmpty()
                || Files.exists(Path.of(home, ".nix-defexpr/channels/nixpkgs"))
                || Files.exists(CHANNEL)
                || isTree(DEFAULT);
    }

    private static NixpkgsTree named(String name, HostNix nix, Deadline deadline) {
        if (Files.isDirectory(Path.of(name)) || name.startsWith("/") || name.startsWith(".")) {
            return checked(Path.of(name).toAbsolutePath().normalize(), "--nixpkgs");
        }
        var got = nix.run(
                "nix",
                List.of("--extra-experimental-features", "nix-command flakes", "flake", "metadata", "--json", name),
                deadline);
        if (!got.succeeded()) {
            var why = NixReport.parse(got.err())
                    .map(NixReport::message)
                    .orElse(got.err().strip());
            throw LabException.input(
                    "'" + name + "' is neither a directory nor a flake that can be had: " + why,
                    "--nixpkgs",
                    "name a directory with nixpkgs, or a flake such as github:NixOS/nixpkgs/nixos-24.11");
        }
        return checked(Path.of(Json.tree(got.output()).path("path").asText()), "--nixpkgs");
    }

    private static NixpkgsTree checked(Path directory, String origin) {
        if (!isTree(directory)) {
            throw LabException.input(
                    directory + " is no nixpkgs tree", origin, "a directory is wanted that has nixos/ and pkgs/ in it");
        }
        return new NixpkgsTree(directory, origin);
    }

    private static boolean isTree(Path directory) {
        return Files.isRegularFile(directory.resolve("nixos/lib/eval-config.nix"))
                && Files.isRegularFile(directory.resolve("pkgs/top-level/all-packages.nix"));
    }

    /**
     * Goes on if a Nix of this version can evaluate the tree.
     *
     * @throws LabException (host) if it is too old
     */
    void requireNix(String version) {
        var needed = needed();
        if (needed.isPresent() && compare(version, needed.get()) < 0) {
            throw new LabException(
                    ExitCode.HOST_FAILED,
                    "nixpkgs " + release() + " needs Nix " + needed.get() + " or newer, and this is Nix " + version,
                    directory.toString(),
                    "install a newer Nix (https://nixos.org/download), or name an older tree with --nixpkgs");
        }
    }

    /** Returns the release, such as {@code 24.11}. */
    String release() {
        for (var file : List.of("lib/.version", ".version")) {
            try {
                return Files.readString(directory.resolve(file)).strip();
            } catch (IOException e) {
                // Older trees have it elsewhere.
            }
        }
        return "of unknown release";
    }

    private Optional<String> needed() {
        try {
            var found = NEEDED.matcher(Files.readString(directory.resolve("lib/minver.nix")));
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static int compare(String version, String other) {
        return Arrays.compare(parts(version), parts(other));
    }

    private static int[] parts(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}

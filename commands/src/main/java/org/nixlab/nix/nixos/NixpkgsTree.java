package org.nixlab.nix.nixos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.nix.complaint.NixReport;
import org.nixlab.nix.plan.Json;
import org.nixlab.process.ProcessResult;

import static java.util.Objects.requireNonNull;

/**
 * A nixpkgs tree that NixOS guests can be built from.
 *
 * @param directory its root
 * @param origin what named it, for messages
 */
record NixpkgsTree(Path directory, String origin) {
    private static final String ALL = "NIXPKGS_ALL";
    private static final String NIXOS = "NIXOS";
    private static final Path DEFAULT = Path.of("/etc/nixos/nixpkgs");
    private static final Path DEFAULT_NIXOS = Path.of("/etc/nixos/nixos");
    private static final Path CHANNEL = Path.of("/nix/var/nix/profiles/per-user/root/channels/nixpkgs");
    /** Which Nix a tree needs, in the files that say so. */
    private static final Pattern NEEDED = Pattern.compile("\"(\\d+(?:\\.\\d+)*)\"");

    NixpkgsTree {
        requireNonNull(directory, "directory");
        requireNonNull(origin, "origin");
    }

    /**
     * Returns the tree to take: the one that was named, else {@code <nixpkgs>} of the {@code -I} that Nix is given, else
     * that of {@code NIXPKGS_ALL}, else the one whose directory {@code nixos} is {@code NIXOS}, else {@code <nixpkgs>} of
     * {@code NIX_PATH} and the channels, else {@code /etc/nixos/nixpkgs}, else that of {@code /etc/nixos/nixos}.
     *
     * @param named a path, a flake reference, or empty
     * @throws LabException (usage) if the first of them that names something names no tree
     */
    static Optional<NixpkgsTree> find(
            Optional<String> named, Map<String, String> environment, HostNix nix, Deadline deadline) {
        if (named.isPresent()) {
            return Optional.of(named(named.get(), nix, deadline));
        }
        return onSearchPath(nix.withoutNixPath(), "-I", deadline)
                .or(() -> ofVariables(value(environment, ALL), value(environment, NIXOS)))
                .or(() -> onSearchPath(Optional.of(nix), "<nixpkgs>", deadline))
                .or(NixpkgsTree::ofSystem);
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
                        "name one with --nixpkgs, NIXPKGS_ALL, NIXOS or NIX_PATH; --guest debian needs none"));
        tree.requireNix(nix.version(deadline));
        return tree;
    }

    /** Returns whether {@link #find} may find one where none is named; it does not ask Nix. */
    static boolean mayBeNamed(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", "/root");
        return Stream.of(ALL, NIXOS, "NIX_PATH")
                        .anyMatch(variable -> value(environment, variable).isPresent())
                || Files.exists(Path.of(home, ".nix-defexpr/channels/nixpkgs"))
                || Files.exists(CHANNEL)
                || ofSystem().isPresent();
    }

    private static Optional<NixpkgsTree> onSearchPath(Optional<HostNix> nix, String origin, Deadline deadline) {
        return nix.map(asked -> asked.run("nix-instantiate", List.of("--find-file", "nixpkgs"), deadline))
                .filter(ProcessResult::succeeded)
                .map(found -> checked(Path.of(found.out().strip()), origin));
    }

    /** Once NixOS was a tree of its own beside nixpkgs, and each had its variable; both must mean one tree now. */
    private static Optional<NixpkgsTree> ofVariables(Optional<Path> all, Optional<Path> nixos) {
        var whole = all.map(directory -> checked(directory, ALL));
        var around = nixos.map(NixpkgsTree::around);
        if (whole.isPresent()
                && around.isPresent()
                && !real(whole.get().directory()).equals(around.get().directory())) {
            throw LabException.input(
                    "NIXOS is not the directory nixos of the tree that NIXPKGS_ALL names: " + nixos.get(),
                    "NIXPKGS_ALL=" + all.get(),
                    "unset one of them, or name the tree with --nixpkgs");
        }
        return whole.or(() -> around);
    }

    /** Returns the tree that has this directory as its {@code nixos}. */
    private static NixpkgsTree around(Path nixos) {
        if (isTree(nixos)) {
            throw LabException.input(
                    nixos + " is a whole nixpkgs tree, and NIXOS names the directory nixos in one",
                    NIXOS,
                    "set NIXOS=" + nixos.resolve("nixos") + ", or NIXPKGS_ALL=" + nixos);
        }
        var tree = real(nixos).getParent();
        if (tree == null || !isTree(tree) || !real(tree.resolve("nixos")).equals(real(nixos))) {
            throw LabException.input(
                    nixos + " is not the directory nixos of a nixpkgs tree",
                    NIXOS,
                    "set NIXOS=/path/to/nixpkgs/nixos, or NIXPKGS_ALL=/path/to/nixpkgs");
        }
        return new NixpkgsTree(tree, NIXOS);
    }

    private static Optional<NixpkgsTree> ofSystem() {
        return Stream.of(DEFAULT, real(DEFAULT_NIXOS).getParent())
                .filter(NixpkgsTree::isTree)
                .map(tree -> new NixpkgsTree(tree, tree.toString()))
                .findFirst();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private static Optional<Path> value(Map<String, String> environment, String variable) {
        var value = environment.getOrDefault(variable, "");
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(value).toAbsolutePath().normalize());
    }

    private static NixpkgsTree named(String name, HostNix nix, Deadline deadline) {
        if (Files.isDirectory(Path.of(name)) || name.startsWith("/") || name.startsWith(".")) {
            return checked(Path.of(name).toAbsolutePath().normalize(), "--nixpkgs");
        }
        var words = new ArrayList<>(FlakeResolver.WORDS);
        words.addAll(List.of("flake", "metadata", "--json", name));
        var got = nix.run("nix", words, deadline);
        if (!got.succeeded()) {
            throw LabException.input(
                    "'" + name + "' is neither a directory nor a flake that can be had: " + NixReport.reason(got.err()),
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
            throw LabException.host(
                    "nixpkgs " + release() + " needs Nix " + needed.get() + " or newer, and this is Nix " + version,
                    directory.toString(),
                    "install a newer Nix (https://nixos.org/download), or name an older tree with --nixpkgs");
        }
    }

    /** Returns the release, such as {@code 24.11}. */
    String release() {
        return Stream.of("lib/.version", ".version")
                .map(file -> text(directory.resolve(file)).strip())
                .filter(version -> !version.isEmpty())
                .findFirst()
                .orElse("of unknown release");
    }

    private Optional<String> needed() {
        return Stream.of("lib/minver.nix", "lib/minfeatures.nix")
                .flatMap(file -> NEEDED.matcher(text(directory.resolve(file))).results())
                .map(found -> found.group(1))
                .max(NixpkgsTree::compare);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            // Releases differ in which of them they have.
            return "";
        }
    }

    static int compare(String version, String other) {
        return Arrays.compare(parts(version), parts(other));
    }

    private static int[] parts(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}

package org.nixlab.nix.nixos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.nixlab.base.Detail;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.nix.NetworkPart;

/** A small tree with nixpkgs' interface in a directory, and a Nix store beside it that is no other Nix's. */
public final class SampleTree {
    // From either module.
    private static final Path MODULE = Path.of("../commands/src");
    private static final Path SOURCE = MODULE.resolve("test/nixpkgs");
    private static final Path LIBRARY = MODULE.resolve("main/nix/lib");

    /** Nix's own sandbox, never without it; the programs of the host stand for packages that were built. */
    private static final String SETTINGS = "build-users-group =\nsubstituters =\nsandbox = true\n"
            + "sandbox-fallback = false\nsandbox-paths = /bin /usr /lib /lib64\n";

    private final Path directory;

    private SampleTree(Path directory) {
        this.directory = directory;
    }

    /** Makes a tree as releases up to 22.05 are. */
    public static SampleTree old(Path directory) {
        copy(SOURCE, directory.resolve("nixpkgs"));
        copy(LIBRARY, directory.resolve("nixpkgs/lib"));
        return new SampleTree(directory);
    }

    /** Makes a tree as releases from 22.11 on are. */
    public static SampleTree modern(Path directory) {
        var tree = old(directory);
        try {
            Files.delete(tree.path().resolve("nixos/lib/build-vms.nix"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree;
    }

    public Path path() {
        return directory.resolve("nixpkgs");
    }

    /** Returns a request that names the tree and says nothing else. */
    public NixosEvaluator.Request request(Path network) {
        return new NixosEvaluator.Request(
                network,
                Optional.empty(),
                Optional.of(path().toString()),
                List.of(),
                "",
                GuestArchitecture.X86_64,
                NetworkPart.ALL,
                Detail.SCREEN);
    }

    /** Returns the environment of a user whose Nix has a store of its own and who has no nixpkgs. */
    public Map<String, String> environment() {
        var environment = new TreeMap<>(System.getenv());
        environment.put("NIX_STORE_DIR", directory.resolve("store").toString());
        environment.put("NIX_STATE_DIR", directory.resolve("state").toString());
        environment.put("NIX_LOG_DIR", directory.resolve("log").toString());
        environment.put("NIX_CONFIG", SETTINGS);
        environment.put("NIX_PATH", "");
        environment.put("NIXPKGS_ALL", "");
        environment.put("NIXOS", "");
        return environment;
    }

    /** Returns the environment of a user whose Nix knows flakes, and fetches none from elsewhere. */
    public Map<String, String> environmentWithFlakes() {
        var environment = new TreeMap<>(environment());
        environment.merge("NIX_CONFIG", "flake-registry =\n", String::concat);
        environment.put("HOME", directory.toString());
        return environment;
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

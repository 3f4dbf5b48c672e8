package org.nixlab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/** What a lab was last loaded with, in a file that every shell reads. */
final class LabSettings {
    private static final String ARGUMENT = "argument.";
    /** Parts the words for Nix, which may have lines of their own, and may be empty. */
    private static final String BETWEEN_WORDS = "\0";

    private final Path file;
    private final Path home;
    private final String labName;

    /** @param home the directory the lab lives in */
    LabSettings(Path file, Path home, String labName) {
        this.file = requireNonNull(file, "file");
        this.home = requireNonNull(home, "home");
        this.labName = requireNonNull(labName, "labName");
    }

    /** Returns whether the lab was ever loaded. */
    boolean exist() {
        return Files.exists(file);
    }

    /** Writes them down, for other shells all at once. */
    void save(LoadRequest request) {
        var properties = new Properties();
        properties.setProperty("network", request.file().toAbsolutePath().toString());
        request.flake().ifPresent(flake -> properties.setProperty("flake", flake.toString()));
        properties.setProperty("guest", request.guestSystem().name());
        request.mirror().ifPresent(mirror -> properties.setProperty("mirror", mirror));
        request.nix().nixpkgs().ifPresent(tree -> properties.setProperty("nixpkgs", tree));
        properties.setProperty("nix", String.join(BETWEEN_WORDS, request.nix().words()));
        request.nix().arguments().forEach((name, expression) -> properties.setProperty(ARGUMENT + name, expression));
        var fresh = file.resolveSibling("lab.properties.new");
        try {
            try (var out = Files.newBufferedWriter(fresh)) {
                properties.store(out, null);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what the lab was last loaded with, or empty if it never was. */
    Optional<LoadRequest> load() {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(new LoadRequest(
                Path.of(properties.getProperty("network")),
                Optional.ofNullable(properties.getProperty("flake")).flatMap(flake -> FlakeReference.of(flake, home)),
                Optional.of(labName),
                GuestSystem.valueOf(properties.getProperty("guest", GuestSystem.AUTO.name())),
                Optional.ofNullable(properties.getProperty("mirror")),
                nix(properties),
                false));
    }

    private static NixOptions nix(Properties properties) {
        var arguments = new TreeMap<String, String>();
        for (var name : properties.stringPropertyNames()) {
            if (name.startsWith(ARGUMENT)) {
                arguments.put(name.substring(ARGUMENT.length()), properties.getProperty(name));
            }
        }
        var words = properties.getProperty("nix", "");
        return new NixOptions(
                Optional.ofNullable(properties.getProperty("nixpkgs")),
                words.isEmpty() ? List.of() : List.of(words.split(BETWEEN_WORDS, -1)),
                arguments);
    }
}

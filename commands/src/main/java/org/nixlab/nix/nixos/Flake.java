package org.nixlab.nix.nixos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * A flake as Nix found it.
 *
 * @param url its reference, for {@code builtins.getFlake}; locked where its files do not lie on this host
 * @param source where in the Nix store its files are
 * @param directory where on this host these files come from, if they do
 * @param nixpkgs the tree that its input {@code nixpkgs} leads to, else that of its first configuration, if it has one
 */
public record Flake(String url, Path source, Optional<Path> directory, Optional<Path> nixpkgs) {
    public Flake {
        requireNonNull(url, "url");
        requireNonNull(source, "source");
        requireNonNull(directory, "directory");
        requireNonNull(nixpkgs, "nixpkgs");
    }

    /** Returns the flake in a directory of this host, of which nobody has asked Nix yet. */
    public static Flake at(Path directory) {
        return new Flake(directory.toString(), directory, Optional.of(directory), Optional.empty());
    }

    /**
     * Writes a network file that stands for an output; {@code outputs.nix} knows it. One that says the same already is
     * left alone.
     *
     * @param attribute the output, part by part
     */
    public void write(List<String> attribute, Path file) {
        var parts = attribute.stream().map(Flake::quoted).collect(Collectors.joining(" "));
        var text = "{ nixlabFlake = " + quoted(url) + "; attribute = [ " + parts + " ]; }\n";
        try {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
                Files.createDirectories(file.getParent());
                // Another shell may be reading it.
                var draft = Files.createTempFile(file.getParent(), "flake", ".draft");
                Files.write(draft, bytes);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a text as a string of Nix. */
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "\\${") + "\"";
    }

    /** Returns what Nix wrote, with the files of the flake named where they lie on this host. */
    String onHost(String text) {
        return directory
                .map(path -> text.replace(source.toString(), path.toString()))
                .orElse(text);
    }
}

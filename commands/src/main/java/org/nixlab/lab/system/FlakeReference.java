package org.nixlab.lab.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.nixlab.model.option.AttributePath;

import static java.util.Objects.requireNonNull;

/**
 * An output of a flake that a user named in the place of a network file: {@code .#lab}, {@code github:owner/name#lab}.
 *
 * @param flake the reference of the flake, of a local one the path of its directory
 * @param attribute the output, part by part
 * @param directory where its {@code flake.nix} lies, if it lies on this host
 */
public record FlakeReference(String flake, List<String> attribute, Optional<Path> directory) {
    private static final List<String> STANDARD = List.of("nixosConfigurations");
    private static final Pattern URL = Pattern.compile("(github|gitlab|sourcehut|path|tarball|file|flake"
            + "|git|git\\+\\w+|hg\\+\\w+|tarball\\+\\w+|file\\+\\w+|https?):.+");
    private static final Pattern SCHEME = Pattern.compile("^(path:|git\\+file:(//)?)");
    private static final Pattern UNUSABLE = Pattern.compile("[^A-Za-z0-9._-]+|^[.-]+");

    public FlakeReference {
        requireNonNull(flake, "flake");
        attribute = List.copyOf(attribute);
        requireNonNull(directory, "directory");
    }

    /**
     * Returns what a user named, if it is a flake: something with a {@code #}, a URL, or a directory with a
     * {@code flake.nix}. A file of that name comes first, and what stands behind a {@code #} may be in a file as well.
     *
     * @param workingDirectory what a relative path starts from
     */
    public static Optional<FlakeReference> of(String named, Path workingDirectory) {
        int hash = named.indexOf('#');
        boolean isUrl = URL.matcher(named).matches();
        var before = hash < 0 ? named : named.substring(0, hash);
        if (!isUrl) {
            var path = workingDirectory.resolve(named);
            if (hash < 0 ? !Files.exists(path.resolve("flake.nix")) : Files.exists(path)) {
                return Optional.empty();
            }
            if (Files.isRegularFile(workingDirectory.resolve(before))) {
                return Optional.empty();
            }
        }
        var attribute =
                hash < 0 || hash == named.length() - 1 ? STANDARD : AttributePath.parse(named.substring(hash + 1));
        return Optional.of(
                URL.matcher(before).matches()
                        ? remote(before, attribute, workingDirectory)
                        : local(before, attribute, workingDirectory));
    }

    /** Returns a name for the lab: that of the output, or of the flake where all its configurations are meant. */
    public String labName() {
        var plain = directory
                .map(path -> path.getFileName().toString())
                .orElse(withoutQuery(flake).replaceFirst("^.*[/:]", ""));
        var name = UNUSABLE.matcher(attribute.equals(STANDARD) ? plain : attribute.get(attribute.size() - 1))
                .replaceAll("-");
        return name.matches("[A-Za-z0-9_].*") ? name : "flake" + name;
    }

    /** Returns whether Nix would copy everything in the flake's directory, as it does where there is no git. */
    public boolean isCopiedWhole() {
        if (directory.filter(path -> Files.exists(path.resolve("flake.nix"))).isEmpty()) {
            return false;
        }
        for (var path = directory.orElse(null); path != null; path = path.getParent()) {
            if (Files.exists(path.resolve(".git"))) {
                return flake.startsWith("path:");
            }
        }
        return true;
    }

    private static FlakeReference remote(String url, List<String> attribute, Path workingDirectory) {
        var scheme = SCHEME.matcher(url);
        if (!scheme.find()) {
            return new FlakeReference(url, attribute, Optional.empty());
        }
        var rest = url.substring(scheme.end());
        var directory = workingDirectory.resolve(withoutQuery(rest)).normalize();
        return new FlakeReference(
                scheme.group() + directory + query(rest),
                attribute,
                Files.isDirectory(directory) ? Optional.of(directory) : Optional.empty());
    }

    /** As Nix does, looks for the flake further up if there is none right there. */
    private static FlakeReference local(String text, List<String> attribute, Path workingDirectory) {
        var named = workingDirectory.resolve(withoutQuery(text)).normalize();
        var flake = named;
        while (Files.isDirectory(named) && flake != null && !Files.exists(flake.resolve("flake.nix"))) {
            flake = flake.getParent();
        }
        var directory = flake == null ? named : flake;
        return new FlakeReference(directory + query(text), attribute, Optional.of(directory));
    }

    private static String withoutQuery(String reference) {
        return reference.replaceFirst("\\?.*$", "");
    }

    /** Returns what a reference asks for beside the flake's place ({@code ?ref=main}), with the question mark, or nothing. */
    private static String query(String reference) {
        return reference.substring(withoutQuery(reference).length());
    }

    @Override
    public String toString() {
        return flake + "#" + attribute.stream().map(AttributePath::quoted).collect(Collectors.joining("."));
    }
}

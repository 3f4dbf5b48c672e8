package org.nixlab.nix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.model.Machine;

/** Builds NixOS machines with the user's Nix. Safe for use by many threads and processes at once. */
public final class NixosBuilder {
    private static final Pattern FAILED_BUILDER = Pattern.compile("(?:builder for|[Cc]annot build) '([^']*\\.drv)'");
    private static final Pattern FEATURES = Pattern.compile("with features \\{([^}]+)\\} is required");
    private static final Pattern SYSTEM = Pattern.compile("a '([^']+)'(?: with features \\{\\})? is required");

    private static final Pattern TO_BUILD = Pattern.compile("(?m)^ +(/\\S+\\.drv)$");
    /** The attributes of a derivation that has sources, in the text of its file. */
    private static final Pattern SOURCES = Pattern.compile("\\(\"(?:src|srcs|outputHash)\",\"[^\"]");

    private final Map<String, String> environment;
    private final List<String> words;

    /**
     * @param environment the user's environment
     * @param words options for Nix's programs
     */
    public NixosBuilder(Map<String, String> environment, List<String> words) {
        this.environment = Map.copyOf(environment);
        this.words = List.copyOf(words);
    }

    /**
     * Builds machines, or has them fetched.
     *
     * @param root a link there keeps the first result from Nix's collection of garbage, those with {@code -2}, {@code -3}
     *     behind it the others; earlier ones are replaced
     * @throws LabException (build) if something cannot be built; it quotes what the builder printed last
     * @throws DeadlineException if it takes too long
     * @throws CancelledException if the thread is interrupted; Nix is ended then
     */
    public void build(List<Machine> machines, Path root, NixBuildListener listener, Deadline deadline) {
        var build = NixosBuild.of(machines);
        removeRoots(root);
        var arguments = new ArrayList<String>(List.of("--realise"));
        arguments.addAll(build.derivations());
        arguments.addAll(List.of("--add-root", root.toString(), "--indirect", "--log-format", "internal-json", "-v"));
        var log = new NixBuildLog(listener);
        var result = new HostNix(environment, words).run("nix-store", arguments, log, deadline);
        if (!result.succeeded() || !build.isBuilt()) {
            throw failure(log, machines);
        }
    }

    /**
     * Returns the names of what would have to be compiled, or fetched from where it was published, before the machines are
     * built. What Nix only puts together, such as configuration files, does not count.
     */
    public List<String> toCompile(List<Machine> machines, Deadline deadline) {
        var arguments = new ArrayList<String>(List.of("--realise", "--dry-run"));
        arguments.addAll(NixosBuild.of(machines).derivations());
        var result = new HostNix(environment, words).run("nix-store", arguments, deadline);
        return TO_BUILD.matcher(result.err())
                .results()
                .map(found -> Path.of(found.group(1)))
                .filter(NixosBuilder::compiles)
                .map(derivation -> NixBuildLog.name(derivation.toString()))
                .toList();
    }

    private static boolean compiles(Path derivation) {
        try {
            return SOURCES.matcher(Files.readString(derivation)).find();
        } catch (IOException e) {
            return true;
        }
    }

    private static LabException failure(NixBuildLog log, List<Machine> machines) {
        var names = machines.stream().map(Machine::name).collect(Collectors.joining(", "));
        var all = String.join("\n", log.errors());
        var features = FEATURES.matcher(all);
        var system = SYSTEM.matcher(all);
        var builder = FAILED_BUILDER.matcher(all);
        if (all.contains("No space left on device")) {
            return new LabException(
                    ExitCode.HOST_FAILED,
                    names + " could not be built: the disk is full",
                    "",
                    "free some space, for example with: nix-collect-garbage");
        }
        if (features.find()) {
            return failure(
                    names + " could not be built: a builder with " + features.group(1) + " is wanted",
                    "",
                    "name one with --builders, or add to nix.conf: system-features = " + features.group(1)
                            + (features.group(1).contains("kvm") ? " (where /dev/kvm works)" : ""));
        }
        if (system.find()) {
            return failure(
                    names + " could not be built: this host does not build for " + system.group(1),
                    "",
                    "name a builder with --builders, or add to nix.conf: extra-platforms = " + system.group(1));
        }
        if (builder.find()) {
            var derivation = builder.group(1);
            var lines = log.lastLines(derivation).stream()
                    .map(line -> "\n  " + line)
                    .collect(Collectors.joining());
            return failure(
                    NixBuildLog.name(derivation) + " could not be built" + lines,
                    derivation,
                    "nix-store --log " + derivation + " shows all its builder printed");
        }
        var first =
                log.errors().isEmpty() ? "Nix does not say why" : log.errors().get(0);
        return failure(names + " could not be built: " + first.replaceFirst("^error:\\s*", ""), "", "");
    }

    private static LabException failure(String message, String place, String hint) {
        return new LabException(ExitCode.BUILD_FAILED, message, place, hint);
    }

    private static void removeRoots(Path root) {
        var name = root.getFileName().toString();
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + name + "{,-[0-9]*}");
        try {
            Files.createDirectories(root.getParent());
            try (var links =
                    Files.newDirectoryStream(root.getParent(), entry -> matcher.matches(entry.getFileName()))) {
                for (var link : links) {
                    Files.delete(link);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.nixlab.nix.nixos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;

/** Builds NixOS machines with the user's Nix. Safe for use by many threads and processes at once. */
public final class NixosBuilder {
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
     * @param roots a directory in which a link with the name of each machine keeps its result from Nix's collection of
     *     garbage; those of other machines stay as they are, and all do where the build fails
     * @throws LabException (build) if something cannot be built; it quotes what the builder printed last
     * @throws DeadlineException if it takes too long
     * @throws CancelledException if the thread is interrupted; Nix is ended then
     */
    public void build(List<Machine> machines, Path roots, NixBuildListener listener, Deadline deadline) {
        var build = NixosBuild.of(machines);
        if (!build.isBuilt()) {
            realise(machines, build.derivations(), listener, deadline);
        }
        for (var machine : machines) {
            var derivation = ((Origin.Nixos) machine.origin()).derivation();
            var root = roots.resolve(machine.name()).toString();
            realise(List.of(machine), List.of(derivation, "--indirect", "--add-root", root), listener, deadline);
        }
        for (int i = 0; i < build.needs().size(); i++) {
            var derivation = build.needs().get(i).derivation();
            // No machine is called so.
            var root = roots.resolve(".needs-" + i).toString();
            realise(machines, List.of(derivation, "--indirect", "--add-root", root), listener, deadline);
        }
        if (!build.isBuilt()) {
            throw LabException.host("Nix has built something else than it said", roots.toString(), "");
        }
    }

    private void realise(List<Machine> machines, List<String> arguments, NixBuildListener listener, Deadline deadline) {
        var log = new NixBuildLog(listener);
        var words = new ArrayList<>(List.of("--realise", "--log-format", "internal-json", "-v"));
        words.addAll(arguments);
        if (!nix().run("nix-store", words, log, deadline).succeeded()) {
            throw NixosBuildFailure.of(log, machines);
        }
    }

    /**
     * Lets the link to a directory keep what start scripts need from Nix's collection of garbage: as long as it is there
     * and leads to that directory, as the link that nix-build leaves.
     */
    public void keep(List<Path> scripts, Path link, Deadline deadline) {
        if (scripts.isEmpty()) {
            return;
        }
        // Nix looks for these roots by way of the link, and forgets them when nothing is there.
        var roots = link.resolve("nix");
        var words = new ArrayList<>(List.of(
                "--realise",
                "--indirect",
                "--add-root",
                roots.resolve("machine").toString()));
        scripts.forEach(script -> words.add(script.getParent().getParent().toString()));
        try {
            Files.createDirectories(roots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var result = nix().run("nix-store", words, deadline);
        if (!result.succeeded()) {
            throw LabException.host(
                    "Nix cannot keep what the link leads to: " + result.err().strip(), link.toString(), "");
        }
    }

    private HostNix nix() {
        return new HostNix(environment, words);
    }

    /**
     * Returns the names of what would have to be compiled, or fetched from where it was published, before the machines are
     * built. What Nix only puts together, such as configuration files, does not count.
     *
     * @param listener is told why more may have to be compiled than would be at another time
     */
    public List<String> toCompile(List<Machine> machines, NixBuildListener listener, Deadline deadline) {
        var arguments = new ArrayList<String>(List.of("--realise", "--dry-run"));
        arguments.addAll(NixosBuild.of(machines).derivations());
        var result = nix().run("nix-store", arguments, deadline);
        result.err()
                .lines()
                .filter(line -> line.startsWith("warning:"))
                .flatMap(line -> NixWarning.tell(line).stream())
                .distinct()
                .forEach(listener::note);
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
}

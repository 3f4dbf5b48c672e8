package org.nixlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.cache.BuildFailure;
import org.nixlab.image.cache.BuildProgress;
import org.nixlab.image.cache.Hash;
import org.nixlab.image.cache.ImageCache;
import org.nixlab.image.cache.LayerRecipe;
import org.nixlab.image.cache.Resources;

import static java.util.Objects.requireNonNull;

/**
 * What a build leaves: a directory whose {@code bin/run-vms} starts the machines of a network without nixlab, beside the
 * scripts that start each of them alone.
 */
public final class NetworkResult {
    /** What releases of NixOS call it, whose manual page says {@code run-vms}. */
    private static final String OTHER_NAME = "nixos-run-vms";

    private final ImageCache cache;
    private final BuildProgress progress;

    public NetworkResult(ImageCache cache, BuildProgress progress) {
        this.cache = requireNonNull(cache, "cache");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * Makes the directory; it is part of the cache and never changes.
     *
     * @param vlans numbers of the VLANs the machines join
     * @param useBackdoor whether {@code run-vms} leaves {@code ./<machine>.socket} where it is started
     */
    public Path make(List<BuiltMachine> machines, Collection<Integer> vlans, boolean useBackdoor, Deadline deadline) {
        var text = Resources.text(NetworkResult.class, "run-vms")
                .replace(
                        "@machines@",
                        join(machines.stream().map(BuiltMachine::name).toList()))
                .replace("@vlans@", join(vlans.stream().sorted().toList()))
                .replace("@backdoor@", useBackdoor ? "1" : "");
        var ids = machines.stream()
                .map(BuiltMachine::id)
                .filter(id -> !id.isEmpty())
                .toList();
        var scripts =
                machines.stream().map(machine -> machine.script().toString()).toList();
        var key = new Hash().add(text).add(OTHER_NAME).add(ids).add(scripts).toString();
        var recipe = new LayerRecipe(
                "network",
                key,
                "network of " + join(machines.stream().map(BuiltMachine::name).toList()),
                "result",
                ids,
                (directory, workspace, until) -> write(directory.resolve("bin"), text, machines));
        return cache.get(recipe, progress, deadline).directory();
    }

    /** Makes or replaces a link to a result, and keeps what it leads to for as long as the link is there. */
    public void link(Path link, Path result) {
        try {
            if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
                throw LabException.input(
                        "there is a " + link.getFileName() + " that is no link",
                        link.toString(),
                        "move it, or use --no-out-link");
            }
            var fresh = link.resolveSibling(link.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.createSymbolicLink(fresh, result);
            Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
            cache.keep(link, List.of(result.getFileName().toString()));
        } catch (IOException e) {
            throw BuildFailure.of("the link " + link, e);
        }
    }

    private static void write(Path bin, String text, List<BuiltMachine> machines) throws IOException {
        Files.createDirectories(bin);
        for (var machine : machines) {
            // The script of a NixOS machine bears its host name.
            Files.createSymbolicLink(bin.resolve("run-" + machine.name() + "-vm"), machine.script());
        }
        var script = bin.resolve("run-vms");
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(bin.resolve(OTHER_NAME), script.getFileName());
    }

    private static String join(Collection<?> words) {
        return words.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}

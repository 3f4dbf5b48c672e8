package org.nixlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.boot.Initrd;
import org.nixlab.image.boot.KernelFlavour;
import org.nixlab.image.boot.KernelLayer;
import org.nixlab.image.boot.StartScript;
import org.nixlab.image.boot.StateDisk;
import org.nixlab.image.cache.BuildProgress;
import org.nixlab.image.cache.ImageCache;
import org.nixlab.image.cache.Layer;
import org.nixlab.image.cache.LayerRecipe;
import org.nixlab.image.cache.Workspace;
import org.nixlab.image.debian.HostTools;
import org.nixlab.image.debian.Mirror;
import org.nixlab.image.debian.Mmdebstrap;
import org.nixlab.image.debian.PackageIndex;
import org.nixlab.image.layer.BaseLayer;
import org.nixlab.image.layer.ConfigLayer;
import org.nixlab.image.layer.PackageLayer;
import org.nixlab.model.GuestFile;
import org.nixlab.model.Machine;

import static java.util.Objects.requireNonNull;

/**
 * Builds Debian machines: every layer that is not in the cache yet, and the script that starts the machine.
 *
 * <p>Safe for use by many threads: building several machines at once is how their layers are built in parallel; one that
 * two machines share is built once.
 */
public final class MachineBuilder {
    private static final String CONFIGURATION = "config.squashfs";

    private final ImageCache cache;
    private final PackageIndex index;
    private final HostTools tools;
    private final BaseLayer bases;
    private final PackageLayer packages;
    private final KernelLayer kernels;
    private final List<GuestFile> instrumentation;
    private final BuildProgress progress;

    /**
     * @param index the packages of {@code mirror}
     * @param instrumentation files of the channels that every machine has
     * @param searchPath directories of the host's programs, as in {@code PATH}
     */
    public MachineBuilder(
            ImageCache cache,
            Mirror mirror,
            PackageIndex index,
            List<GuestFile> instrumentation,
            String searchPath,
            BuildProgress progress) {
        this.cache = requireNonNull(cache, "cache");
        this.index = requireNonNull(index, "index");
        this.instrumentation = List.copyOf(instrumentation);
        this.progress = requireNonNull(progress, "progress");
        this.tools = new HostTools(searchPath);
        var mmdebstrap = new Mmdebstrap(tools, progress);
        this.bases = new BaseLayer(mmdebstrap, tools, index, mirror, progress);
        this.packages = new PackageLayer(mmdebstrap, tools, index, progress);
        this.kernels = new KernelLayer(tools, index, progress);
    }

    /**
     * Builds what is missing of a machine.
     *
     * @throws LabException (host) if the host lacks a program, room, or the right to build; (build) if a package is
     *     missing or fails to install, or the mirror cannot be reached
     */
    public BuiltMachine build(Machine machine, Deadline deadline) {
        // Nothing fails later and less clearly than a machine without QEMU.
        tools.require(StartScript.qemu(machine));
        var flavour = KernelFlavour.of(machine.system(), machine.hardware());
        var base = cache.get(bases.recipe(machine.system(), deadline), progress, deadline);
        var kernel = cache.get(kernels.recipe(flavour, deadline), progress, deadline);
        var items = new MadeItems(cache, packages, progress, machine.system(), base, machine.name());
        var whole = machine.with(machine.configuration()
                .withStore(items.of(machine.configuration().store(), deadline)));
        var wanted = MadeItems.packages(
                whole.configuration().packages(), whole.configuration().store());
        var packageLayer = wanted.isEmpty()
                ? Optional.<Layer>empty()
                : Optional.of(
                        cache.get(packages.recipe(machine.system(), base, wanted, machine.name()), progress, deadline));
        var initrd = cache.get(Initrd.recipe(kernel, base), progress, deadline);
        var disk = cache.get(StateDisk.recipe(machine.hardware().diskSize(), tools), progress, deadline);
        var parts = new Parts(flavour, base, kernel, packageLayer, initrd, disk, items.layers());
        var built = cache.get(recipe(whole, parts), progress, deadline);
        return new BuiltMachine(
                machine.name(),
                built.id(),
                built.file("run-" + machine.name() + "-vm"),
                kernel.file(KernelLayer.KERNEL),
                initrd.file(Initrd.PROBE_FILE));
    }

    /** What a machine is put together from. */
    private record Parts(
            KernelFlavour flavour,
            Layer base,
            Layer kernel,
            Optional<Layer> packages,
            Layer initrd,
            Layer disk,
            List<String> made) {
        List<String> ids() {
            var ids = new ArrayList<>(List.of(base.id(), kernel.id(), initrd.id(), disk.id()));
            packages.ifPresent(layer -> ids.add(layer.id()));
            ids.addAll(made);
            return ids;
        }
    }

    private LayerRecipe recipe(Machine machine, Parts parts) {
        var key = MachineKey.of(machine)
                .add(ConfigLayer.VERSION)
                .add(instrumentation.toString())
                .add(StartScript.template())
                .add(parts.ids())
                .toString();
        return new LayerRecipe(
                "machine",
                key,
                "machine " + machine.name(),
                machine.name(),
                parts.ids(),
                (directory, workspace, deadline) ->
                        assemble(machine, parts, "machine-" + key, directory, workspace, deadline));
    }

    private void assemble(
            Machine machine, Parts parts, String id, Path directory, Workspace workspace, Deadline deadline)
            throws IOException {
        progress.step(machine.name(), "configuring", -1);
        tools.require("sqfstar");
        new ConfigLayer(machine, instrumentation, parts.base(), parts.packages())
                .make(id, directory.resolve(CONFIGURATION), workspace, deadline);
        var script = directory.resolve("run-" + machine.name() + "-vm");
        var home = cache.root().resolve("layers").resolve(id);
        Files.writeString(script, new StartScript(machine, parts.flavour(), files(parts, home)).text());
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static StartScript.Files files(Parts parts, Path home) {
        Map<String, Path> layers = new LinkedHashMap<>();
        layers.put("config", home.resolve(CONFIGURATION));
        parts.packages().ifPresent(layer -> layers.put("packages", layer.image()));
        layers.put("modules", parts.kernel().image());
        layers.put("base", parts.base().image());
        return new StartScript.Files(
                parts.kernel().file(KernelLayer.KERNEL),
                parts.initrd().file(Initrd.FILE),
                parts.initrd().file(Initrd.PROBE_FILE),
                parts.disk().file(StateDisk.FILE),
                layers);
    }
}

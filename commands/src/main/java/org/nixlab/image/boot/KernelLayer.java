package org.nixlab.image.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.cache.BuildProgress;
import org.nixlab.image.cache.Hash;
import org.nixlab.image.cache.Layer;
import org.nixlab.image.cache.LayerRecipe;
import org.nixlab.image.cache.Workspace;
import org.nixlab.image.debian.HostTools;
import org.nixlab.image.debian.PackageIndex;
import org.nixlab.image.layer.Squashfs;
import org.nixlab.process.HostCommand;

/** A kernel, the layer with its modules, and the modules the initial RAM disk takes. */
public final class KernelLayer {
    /** The kernel as QEMU loads it. */
    public static final String KERNEL = "kernel";
    /** Directory with the modules for the initial RAM disk and their list {@code order}. */
    static final String MODULES = "modules";

    private static final String VERSION = "1";
    private static final Pattern DEPENDS = Pattern.compile("(?m)^\\s*Depends: (linux-image-\\S+)");

    private final HostTools tools;
    private final PackageIndex index;
    private final BuildProgress progress;

    public KernelLayer(HostTools tools, PackageIndex index, BuildProgress progress) {
        this.tools = tools;
        this.index = index;
        this.progress = progress;
    }

    public LayerRecipe recipe(KernelFlavour flavour, Deadline deadline) {
        var suites = index.suites(flavour.architecture(), deadline);
        var key = new Hash().add(VERSION).add(flavour.metaPackage()).add(suites).add(flavour.modules());
        return new LayerRecipe(
                "kernel",
                key.toString(),
                flavour.metaPackage(),
                "kernel " + flavour.metaPackage().replace("linux-image-", ""),
                List.of(),
                (directory, workspace, until) -> build(flavour, directory, workspace, until));
    }

    private void build(KernelFlavour flavour, Path directory, Workspace workspace, Deadline deadline)
            throws IOException {
        tools.require("dpkg-deb", "depmod", "sqfstar", "xz");
        var what = "kernel " + flavour.metaPackage().replace("linux-image-", "");
        var root = workspace.file("root");
        var deb = download(what, flavour, workspace, deadline);
        progress.step(what, "unpacking", 0.4);
        workspace.run(what, HostCommand.of("dpkg-deb", "-x", deb.toString(), root.toString()), deadline);
        var vmlinuz = only(root.resolve("boot"), "vmlinuz-");
        var version = vmlinuz.getFileName().toString().substring("vmlinuz-".length());
        workspace.run(what, HostTools.inSystemPath(HostCommand.of("depmod", "-b", root.toString(), version)), deadline);
        new KernelImage(what, workspace).make(vmlinuz, directory.resolve(KERNEL), deadline);
        var modules = root.resolve("lib/modules").resolve(version);
        InitrdModules.copy(modules, flavour.modules(), Files.createDirectory(directory.resolve(MODULES)));
        progress.step(what, "packing", 0.8);
        Squashfs.make(what, modules, "usr/lib/modules/" + version, directory.resolve(Layer.IMAGE), workspace, deadline);
    }

    private Path download(String what, KernelFlavour flavour, Workspace workspace, Deadline deadline)
            throws IOException {
        var apt = index.apt(flavour.architecture());
        var depends = workspace.run(what, apt.command("apt-cache", "depends", flavour.metaPackage()), deadline);
        var matcher = DEPENDS.matcher(depends.out());
        if (!matcher.find()) {
            throw LabException.build(
                    "the mirror has no kernel " + flavour.metaPackage(), "", "name another mirror with --mirror URL");
        }
        progress.step(what, "downloading", 0.1);
        var debs = Files.createDirectories(workspace.file("debs"));
        workspace.run(
                what, apt.command("apt-get", "-q", "download", matcher.group(1)).in(debs), deadline);
        return only(debs, "linux-image-");
    }

    private static Path only(Path directory, String prefix) throws IOException {
        try (var files = Files.newDirectoryStream(directory, prefix + "*")) {
            return files.iterator().next();
        }
    }
}

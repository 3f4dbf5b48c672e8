package org.nixlab.image.layer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import org.nixlab.base.Deadline;
import org.nixlab.image.cache.BuildProgress;
import org.nixlab.image.cache.Hash;
import org.nixlab.image.cache.Layer;
import org.nixlab.image.cache.LayerRecipe;
import org.nixlab.image.cache.Resources;
import org.nixlab.image.cache.Workspace;
import org.nixlab.image.debian.HostTools;
import org.nixlab.image.debian.Mirror;
import org.nixlab.image.debian.Mmdebstrap;
import org.nixlab.image.debian.PackageIndex;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.process.HostCommand;

/** The layer below all others: a Debian system of an architecture, without a kernel. */
public final class BaseLayer {
    /** The layer as a compressed archive: what package layers start from. */
    static final String ARCHIVE = "layer.tar.zst";

    static final String MANIFEST = "manifest.gz";
    /** The part of the manifest that configurations need. */
    static final String DIRECTORIES = "directories.gz";

    public static final String BUSYBOX = "busybox";
    /** Names of units its packages had enabled, one on each line. */
    static final String ENABLED = "enabled";

    private static final Path MERGED_USR = Path.of("/usr/share/mmdebstrap/hooks/merged-usr");

    private final Mmdebstrap mmdebstrap;
    private final HostTools tools;
    private final PackageIndex index;
    private final Mirror mirror;
    private final BuildProgress progress;

    public BaseLayer(
            Mmdebstrap mmdebstrap, HostTools tools, PackageIndex index, Mirror mirror, BuildProgress progress) {
        this.mmdebstrap = mmdebstrap;
        this.tools = tools;
        this.index = index;
        this.mirror = mirror;
        this.progress = progress;
    }

    /** Returns the names of the packages it has. */
    public static List<String> packages() {
        return Resources.list(BaseLayer.class, "base-packages");
    }

    public LayerRecipe recipe(GuestArchitecture architecture, Deadline deadline) {
        var suites = index.suites(architecture, deadline);
        var packages = packages();
        var name = architecture.debianName();
        var key = new Hash()
                .add(RootRules.VERSION)
                .add(name)
                .add(suites)
                .add(packages)
                .add(Resources.text(BaseLayer.class, "base-units"))
                .add(Resources.text(BaseLayer.class, "guest/late"))
                .add(Resources.text(BaseLayer.class, "guest/udev-trigger.conf"))
                .add(Resources.text(BaseLayer.class, "guest/nixlab-late.service"))
                .add(Resources.text(BaseLayer.class, "guest/nixlab-late.target"));
        var description = "Debian " + Mirror.RELEASE + " " + name + " ("
                + (suites.size() == Mirror.SUITES.size() ? "complete" : "only " + String.join(", ", suites)) + ")";
        return new LayerRecipe(
                "base",
                key.toString(),
                description,
                "base " + name,
                List.of(),
                (directory, workspace, until) -> build(architecture, suites, packages, directory, workspace, until));
    }

    private void build(
            GuestArchitecture architecture,
            List<String> suites,
            List<String> packages,
            Path directory,
            Workspace workspace,
            Deadline deadline)
            throws IOException {
        tools.require("mmdebstrap", "sqfstar", "zstd");
        var what = "base " + architecture.debianName();
        workspace.requireSpace(what);
        var assembled = workspace.file("assembled.tar");
        mmdebstrap.run(what, architecture, options(packages), mirror.sources(suites), assembled, workspace, deadline);
        progress.step(what, "packing", 0.96);
        var tar = workspace.file("layer.tar");
        pack(assembled, tar, directory);
        Files.delete(assembled);
        Squashfs.make(what, tar, directory.resolve(Layer.IMAGE), workspace, deadline);
        var compress = HostCommand.of("zstd", "-q", "-3", "-T0", tar.toString())
                .with("-o", directory.resolve(ARCHIVE).toString());
        workspace.run(what, compress, deadline);
    }

    private List<String> options(List<String> packages) {
        var options = new ArrayList<String>();
        options.add("--variant=minbase");
        options.add("--include=" + String.join(",", packages));
        if (Files.isDirectory(MERGED_USR)) {
            // Directories merged from the start spare the package that would merge them later, and all of perl.
            options.add("--hook-dir=" + MERGED_USR);
        }
        options.add("--keyring=" + mirror.keyring());
        // Not kept in any guest; a key that is there is not made.
        options.add("--essential-hook=mkdir -p \"$1\"/etc/ssh && for type in rsa ecdsa ed25519;"
                + " do : >\"$1\"/etc/ssh/ssh_host_${type}_key; done");
        options.add("--aptopt=APT::Install-Recommends \"false\"");
        options.add("--dpkgopt=force-unsafe-io");
        for (var tree : List.of("doc", "man", "info", "locale")) {
            options.add("--dpkgopt=path-exclude=/usr/share/" + tree + "/*");
        }
        options.add("--dpkgopt=path-include=/usr/share/doc/*/copyright");
        mirror.settings().forEach(line -> options.add("--aptopt=" + line));
        return options;
    }

    private static void pack(Path assembled, Path tar, Path directory) throws IOException {
        var rules = new RootRules();
        var state = DebianState.empty();
        try (var writer = new LayerWriter(tar, new Manifest(new TreeMap<>()))) {
            LayerTar.read(assembled, (path, entry, content) -> {
                var stamp = Manifest.Stamp.of(entry);
                if (!rules.keeps(path, stamp.type())) {
                    return;
                }
                if (DebianState.wants(path) && LayerTar.isFile(entry)) {
                    var bytes = content.readAllBytes();
                    state.add(path, bytes);
                    writer.copy(path, entry, new ByteArrayInputStream(bytes));
                } else if (path.equals("usr/bin/busybox")) {
                    var bytes = content.readAllBytes();
                    Files.write(directory.resolve(BUSYBOX), bytes);
                    writer.copy(path, entry, new ByteArrayInputStream(bytes));
                } else {
                    writer.copy(path, entry, content);
                }
            });
            rules.complete(writer);
        }
        state.write(directory);
        var manifest = LayerTar.manifest(tar);
        manifest.write(directory.resolve(MANIFEST));
        manifest.directories().write(directory.resolve(DIRECTORIES));
        Files.write(directory.resolve(ENABLED), rules.enabled());
    }
}

package org.nixlab.image.layer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.cache.BuildProgress;
import org.nixlab.image.cache.Hash;
import org.nixlab.image.cache.Layer;
import org.nixlab.image.cache.LayerRecipe;
import org.nixlab.image.cache.Workspace;
import org.nixlab.image.debian.HostTools;
import org.nixlab.image.debian.Mmdebstrap;
import org.nixlab.image.debian.PackageIndex;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.NearNames;
import org.nixlab.process.HostCommand;
import org.nixlab.process.Lease;
import org.nixlab.talk.ShellWord;

/** What installing a set of packages adds to a base, and takes away from it. */
public final class PackageLayer {
    private static final Pattern INSTALLED =
            Pattern.compile("(?m)^Inst (\\S+) (?:\\[[^\\]]*\\] )?\\((\\S+) [^\\[]*\\[(\\S+)\\]");

    private final Mmdebstrap mmdebstrap;
    private final HostTools tools;
    private final PackageIndex index;
    private final BuildProgress progress;

    public PackageLayer(Mmdebstrap mmdebstrap, HostTools tools, PackageIndex index, BuildProgress progress) {
        this.mmdebstrap = mmdebstrap;
        this.tools = tools;
        this.index = index;
        this.progress = progress;
    }

    /** Returns how to build the layer; the build fails for a package that does not exist. */
    public LayerRecipe recipe(GuestArchitecture architecture, Layer base, Collection<String> packages, String machine) {
        var names = new TreeSet<>(packages);
        var key = new Hash().add(RootRules.VERSION).add(base.id()).add(names);
        var what = "packages of " + machine;
        return new LayerRecipe(
                "packages",
                key.toString(),
                architecture.debianName() + ": " + String.join(", ", names),
                what,
                List.of(base.id()),
                (directory, workspace, until) -> {
                    check(names, architecture, machine, until);
                    build(what, architecture, base, List.copyOf(names), directory, workspace, until);
                });
    }

    private void check(Collection<String> names, GuestArchitecture architecture, String machine, Deadline deadline) {
        var known = index.packages(architecture, deadline);
        for (var name : names) {
            if (!known.containsKey(name)) {
                var near = NearNames.of(name, known.keySet());
                throw LabException.build(
                        "there is no package " + name + " for " + architecture.debianName(),
                        machine,
                        near.isEmpty() ? "" : "did you mean " + String.join(", ", near) + "?");
            }
        }
    }

    private void build(
            String what,
            GuestArchitecture architecture,
            Layer base,
            List<String> packages,
            Path directory,
            Workspace workspace,
            Deadline deadline)
            throws IOException {
        tools.require("sqfstar");
        var assembled = workspace.file("assembled.tar");
        assemble(what, architecture, base, packages, List.of(), assembled, workspace, deadline);
        progress.step(what, "packing", 0.95);
        var tar = workspace.file("layer.tar");
        pack(assembled, tar, base, directory);
        Files.delete(assembled);
        Squashfs.make(what, tar, directory.resolve(Layer.IMAGE), workspace, deadline);
    }

    /**
     * Has a root directory made of the base and packages.
     *
     * @param hooks what is done in it then: options of mmdebstrap(1)
     * @param target the tar archive of what it is in the end
     */
    void assemble(
            String what,
            GuestArchitecture architecture,
            Layer base,
            List<String> packages,
            List<String> hooks,
            Path target,
            Workspace workspace,
            Deadline deadline)
            throws IOException {
        tools.require("mmdebstrap", "zstd");
        workspace.requireSpace(what);
        var options = new ArrayList<String>();
        var start = workspace.file("base.tar");
        if (packages.isEmpty()) {
            options.addAll(options(start));
        } else {
            var debs = download(what, architecture, base, packages, workspace, deadline);
            options.addAll(options(start));
            options.addAll(installation(debs));
        }
        options.addAll(hooks);
        progress.step(what, "unpacking the base", 0.2);
        var unpack =
                HostCommand.of("zstd", "-q", "-d", base.file(BaseLayer.ARCHIVE).toString(), "-o", start.toString());
        workspace.run(what, unpack, deadline);
        progress.step(what, "installing", 0.3);
        mmdebstrap.run(what, architecture, options, List.of(), target, workspace, deadline);
        Files.delete(start);
    }

    /** Fetches what is missing of the packages and what they need on top of the base; returns a directory of links. */
    private Path download(
            String what,
            GuestArchitecture architecture,
            Layer base,
            List<String> packages,
            Workspace workspace,
            Deadline deadline)
            throws IOException {
        var apt = index.apt(architecture);
        var status = workspace.file("status");
        Files.writeString(status, DebianState.read(base.directory()).status());
        var install = apt.command("apt-get", "-q", "-y", "-o", "Dir::State::status=" + status, "install")
                .with(packages);
        var plan = workspace.run(what, install.with("--simulate"), deadline);
        progress.step(what, "downloading", 0.05);
        var archives = apt.archives().resolveSibling("archives.lock");
        Lease.holding(
                archives,
                "another download of packages",
                deadline,
                () -> workspace.run(what, install.with("--download-only"), deadline));
        var debs = Files.createDirectories(workspace.file("debs"));
        var matcher = INSTALLED.matcher(plan.out());
        while (matcher.find()) {
            var name = matcher.group(1).replaceFirst(":.*", "") + "_"
                    + matcher.group(2).replace(":", "%3a") + "_" + matcher.group(3) + ".deb";
            Files.copy(apt.archives().resolve(name), debs.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        return debs;
    }

    private static List<String> options(Path start) {
        return List.of(
                "--variant=custom",
                "--skip=check/empty,update,cleanup/reproducible",
                "--dpkgopt=force-unsafe-io",
                "--dpkgopt=force-confold",
                "--setup-hook=tar-in " + ShellWord.quote(start.toString()) + " /");
    }

    private static List<String> installation(Path debs) throws IOException {
        try (var files = Files.list(debs)) {
            if (files.findAny().isEmpty()) {
                return List.of();
            }
        }
        return List.of(
                "--customize-hook=sync-in " + ShellWord.quote(debs.toString()) + " /var/cache/apt/archives",
                "--customize-hook=cd \"$1\"/var/cache/apt/archives && set -- \"$1\" *.deb && root=$1 && shift"
                        + " && chroot \"$root\" sh -c 'cd /var/cache/apt/archives && exec apt-get -q -y"
                        + " -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts=/dev/null"
                        + " --no-install-recommends --allow-downgrades install \"$@\"' sh $(printf './%s ' \"$@\")");
    }

    private static void pack(Path assembled, Path tar, Layer base, Path directory) throws IOException {
        var below = Manifest.read(base.file(BaseLayer.MANIFEST));
        var rules = new RootRules();
        var state = DebianState.read(base.directory());
        var changes = LayerChanges.between(below, assembled, rules);
        try (var writer = new LayerWriter(tar, changes.now())) {
            LayerTar.read(assembled, (path, entry, content) -> {
                if (!changes.changed().contains(path)) {
                    return;
                }
                if (DebianState.wants(path) && LayerTar.isFile(entry)) {
                    var bytes = content.readAllBytes();
                    state.add(path, bytes);
                    writer.copy(path, entry, new ByteArrayInputStream(bytes));
                } else {
                    writer.copy(path, entry, content);
                }
            });
            for (var path : changes.deleted()) {
                writer.whiteout(path);
            }
        }
        state.write(directory);
        changes.now().directories().write(directory.resolve(BaseLayer.DIRECTORIES));
        Files.write(directory.resolve(BaseLayer.ENABLED), rules.enabled());
    }
}

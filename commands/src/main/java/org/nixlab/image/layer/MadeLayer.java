package org.nixlab.image.layer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.nixlab.base.LabException;
import org.nixlab.image.cache.BuildFailure;
import org.nixlab.image.cache.Hash;
import org.nixlab.image.cache.Layer;
import org.nixlab.image.cache.LayerRecipe;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.StoreItem;
import org.nixlab.talk.ShellWord;

import static java.util.Objects.requireNonNull;

/**
 * What a script makes of packages and files. It runs in a root directory of Debian with what it was declared to need and
 * nothing else, without a network where the host can take that away, as Nix has its builders run.
 */
public final class MadeLayer {
    /** What came of it: a file, a directory or a link. */
    public static final String RESULT = "result";

    private static final String VERSION = "1";
    private static final String BUILD = "build";
    private static final String SCRIPT = BUILD + "/nixlab-script";
    private static final String OUTPUT = BUILD + "/nixlab-output";
    private static final String STATUS = BUILD + "/nixlab-status";

    /** The host's root may be denied a network of its own, as in many containers. */
    private static final String RUN =
            "root=$1; set --; if unshare --net true 2>/dev/null; then set -- unshare --net; fi;"
                    + " exec \"$@\" chroot \"$root\" /usr/bin/env -i /bin/bash -c '/bin/bash /" + SCRIPT
                    + " </dev/null 2>&1"
                    + " | tee /" + OUTPUT + "; echo ${PIPESTATUS[0]} >/" + STATUS + "'";

    private final PackageLayer packages;

    public MadeLayer(PackageLayer packages) {
        this.packages = requireNonNull(packages, "packages");
    }

    /**
     * Returns how to make it.
     *
     * @param known a layer that knows the files of all packages that the script mentions
     * @param names Debian packages that are there, beside those of the base
     * @param needs what the script mentions, with everything in it made
     */
    public LayerRecipe recipe(
            StoreItem.Built built,
            GuestArchitecture architecture,
            Layer base,
            Layer known,
            Collection<String> names,
            List<StoreItem> needs,
            String machine) {
        // The path stands for the script and all that it mentions.
        var key = new Hash().add(VERSION).add(base.id()).add(known.id()).add(built.path());
        var what = built.name() + " of " + machine;
        return new LayerRecipe(
                "made", key.toString(), built.name(), what, List.of(base.id()), (directory, workspace, deadline) -> {
                    var start = workspace.file("needs.tar");
                    write(start, built, new StoreTree(what, DebianState.read(known.directory()), needs));
                    var assembled = workspace.file("assembled.tar");
                    var hooks = List.of(
                            "--customize-hook=tar-in " + ShellWord.quote(start.toString()) + " /",
                            "--customize-hook=" + RUN);
                    packages.assemble(
                            what, architecture, base, List.copyOf(names), hooks, assembled, workspace, deadline);
                    check(assembled, built, workspace.log());
                    extract(assembled, built, directory);
                });
    }

    private static void write(Path tar, StoreItem.Built built, StoreTree needs) throws IOException {
        try (var writer = new LayerWriter(tar, new Manifest(new TreeMap<>()))) {
            needs.write(writer);
            writer.directory("nix/store", 01777, 0, 0);
            writer.directory(BUILD, 0755, 0, 0);
            writer.file(SCRIPT, 0555, 0, 0, text(built));
        }
    }

    private static String text(StoreItem.Built built) {
        var text = new StringBuilder("cd /" + BUILD + "\n");
        export(text, "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        export(text, "HOME", "/homeless-shelter");
        export(text, "LC_ALL", "C.UTF-8");
        export(text, "SOURCE_DATE_EPOCH", "1");
        export(text, "NIX_BUILD_TOP", "/" + BUILD);
        export(text, "TMPDIR", "/" + BUILD);
        built.environment().forEach((name, value) -> export(text, name, value));
        export(text, "out", built.path());
        return text.append(built.script()).append('\n').toString();
    }

    private static void export(StringBuilder text, String name, String value) {
        text.append("export ")
                .append(name)
                .append('=')
                .append(ShellWord.quote(value))
                .append('\n');
    }

    private static void check(Path assembled, StoreItem.Built built, Path log) throws IOException {
        var said = new TreeMap<String, String>();
        LayerTar.read(assembled, (path, entry, content) -> {
            if (path.equals(OUTPUT) || path.equals(STATUS)) {
                said.put(path, new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        });
        var status = said.getOrDefault(STATUS, "?").strip();
        if (!status.equals("0")) {
            throw BuildFailure.ofScript(built.name(), status, said.getOrDefault(OUTPUT, ""), log);
        }
    }

    private static void extract(Path assembled, StoreItem.Built built, Path directory) throws IOException {
        var inArchive = built.path().substring(1);
        var result = directory.resolve(RESULT);
        LayerTar.read(assembled, (path, entry, content) -> {
            if (path.equals(inArchive)) {
                put(result, entry, content.readAllBytes(), directory, inArchive);
            } else if (path.startsWith(inArchive + "/")) {
                var target = result.resolve(path.substring(inArchive.length() + 1));
                put(target, entry, content.readAllBytes(), directory, inArchive);
            }
        });
        if (!Files.exists(result, LinkOption.NOFOLLOW_LINKS)) {
            throw LabException.build(
                    built.name() + " could not be built: its script made nothing", "", "it makes what stands at $out");
        }
    }

    private static void put(Path target, TarArchiveEntry entry, byte[] content, Path directory, String inArchive)
            throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            var first = LayerTar.path(entry.getLinkName());
            if (first.startsWith(inArchive + "/")) {
                Files.copy(directory.resolve(RESULT).resolve(first.substring(inArchive.length() + 1)), target);
            }
        } else if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (LayerTar.isFile(entry)) {
            Files.write(target, content);
            var mode = (entry.getMode() & 0111) == 0 ? "rw-r--r--" : "rwxr-xr-x";
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
        }
    }
}

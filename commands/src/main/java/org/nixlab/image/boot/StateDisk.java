package org.nixlab.image.boot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.image.cache.Hash;
import org.nixlab.image.cache.LayerRecipe;
import org.nixlab.image.cache.Workspace;
import org.nixlab.image.debian.HostTools;
import org.nixlab.process.HostCommand;

/** Empty disks for machines to begin with: formatted once per size, copied by the start script. */
public final class StateDisk {
    public static final String FILE = "empty.qcow2";
    private static final String VERSION = "1";

    private StateDisk() {}

    /** @param size in MiB */
    public static LayerRecipe recipe(int size, HostTools tools) {
        var key = new Hash().add(VERSION).add(Integer.toString(size)).toString();
        return new LayerRecipe(
                "disk",
                key,
                "empty disk of " + size + " MiB",
                "empty disk",
                List.of(),
                (directory, workspace, deadline) -> build(size, tools, directory, workspace, deadline));
    }

    private static void build(int size, HostTools tools, Path directory, Workspace workspace, Deadline deadline)
            throws IOException {
        tools.require("mkfs.ext4", "qemu-img");
        var raw = workspace.file("disk.raw");
        try (var file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength((long) size << 20);
        }
        // The file is all zeros already: nothing is left for the guest to initialise later.
        var format = HostCommand.of("mkfs.ext4", "-q", "-L", "nixlab", "-m", "1")
                .with("-E", "lazy_itable_init=0,lazy_journal_init=0", raw.toString());
        workspace.run("empty disk", HostTools.inSystemPath(format), deadline);
        var convert = HostCommand.of("qemu-img", "convert", "-O", "qcow2")
                .with(raw.toString(), directory.resolve(FILE).toString());
        workspace.run("empty disk", convert, deadline);
        Files.delete(raw);
    }
}

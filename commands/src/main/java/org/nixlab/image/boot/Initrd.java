package org.nixlab.image.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

import org.nixlab.image.cache.Hash;
import org.nixlab.image.cache.Layer;
import org.nixlab.image.cache.LayerRecipe;
import org.nixlab.image.cache.Resources;
import org.nixlab.image.layer.BaseLayer;

/** Initial RAM disks: busybox of the guest's architecture, a few modules, and a script that puts the layers together. */
public final class Initrd {
    public static final String FILE = "initrd";
    /** The RAM disk of a machine that does nothing but power itself off. */
    public static final String PROBE_FILE = "probe";

    private static final List<String> APPLETS = List.of(
            "awk",
            "cat",
            "chgrp",
            "chown",
            "chroot",
            "cp",
            "echo",
            "find",
            "grep",
            "insmod",
            "ln",
            "mkdir",
            "mknod",
            "mount",
            "poweroff",
            "rm",
            "rmdir",
            "sed",
            "sh",
            "switch_root",
            "sync",
            "umount",
            "xargs");
    private static final String PROBE = "#!/bin/busybox sh\n/bin/busybox poweroff -f\n";

    private Initrd() {}

    public static LayerRecipe recipe(Layer kernel, Layer base) {
        var key = new Hash().add(kernel.id()).add(base.id()).add(APPLETS);
        List.of("init", "merge-accounts", "refresh-packages")
                .forEach(name -> key.add(Resources.bytes(Initrd.class, name)));
        return new LayerRecipe(
                "initrd",
                key.toString(),
                "initial RAM disk",
                "initial RAM disk",
                List.of(kernel.id(), base.id()),
                (directory, workspace, deadline) -> {
                    Files.write(directory.resolve(FILE), boot(kernel, base));
                    Files.write(directory.resolve(PROBE_FILE), probe(base));
                });
    }

    private static byte[] probe(Layer base) throws IOException {
        return skeleton(base)
                .file("init", 0755, PROBE.getBytes(StandardCharsets.US_ASCII))
                .finish();
    }

    private static byte[] boot(Layer kernel, Layer base) throws IOException {
        var cpio = skeleton(base).file("init", 0755, Resources.bytes(Initrd.class, "init"));
        for (var script : List.of("merge-accounts", "refresh-packages")) {
            cpio.file(script, 0644, Resources.bytes(Initrd.class, script));
        }
        cpio.directory("modules");
        try (var modules = Files.list(kernel.file(KernelLayer.MODULES))) {
            for (var module : modules.sorted().toList()) {
                cpio.file("modules/" + module.getFileName(), 0644, Files.readAllBytes(module));
            }
        }
        return cpio.finish();
    }

    private static Cpio skeleton(Layer base) throws IOException {
        var cpio = new Cpio();
        for (var directory : List.of("bin", "dev", "proc", "sys", "layers", "state", "root")) {
            cpio.directory(directory);
        }
        cpio.file("bin/busybox", 0755, Files.readAllBytes(base.file(BaseLayer.BUSYBOX)));
        for (var applet : APPLETS) {
            cpio.link("bin/" + applet, "busybox");
        }
        return cpio;
    }
}

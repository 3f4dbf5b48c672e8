package org.nixlab.image.boot;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.Hardware;

/** Which of Debian's kernels a machine runs. */
public enum KernelFlavour {
    CLOUD("linux-image-cloud-amd64", List.of()),
    GENERIC("linux-image-amd64", List.of("9pnet_virtio", "9p", "virtio_input")),
    I686("linux-image-686", List.of("9pnet_virtio", "9p", "virtio_input"));

    private static final List<String> MODULES = List.of(
            "virtio_pci",
            "virtio_blk",
            "ext4",
            "crc32c_generic",
            "squashfs",
            "overlay",
            "virtio_console",
            "virtio_net",
            "virtio-rng",
            "pvpanic-mmio");

    private final String metaPackage;
    private final List<String> moreModules;

    KernelFlavour(String metaPackage, List<String> moreModules) {
        this.metaPackage = metaPackage;
        this.moreModules = moreModules;
    }

    /** The cloud kernel boots faster but has neither shared directories nor a screen. */
    public static KernelFlavour of(GuestArchitecture architecture, Hardware hardware) {
        if (architecture == GuestArchitecture.I686) {
            return I686;
        }
        var generic = hardware.graphics() || !hardware.sharedDirectories().isEmpty();
        return generic ? GENERIC : CLOUD;
    }

    /** Returns the package that depends on the current kernel's. */
    String metaPackage() {
        return metaPackage;
    }

    boolean sharesDirectories() {
        return this != CLOUD;
    }

    /**
     * Returns the modules the initial RAM disk loads, in order, without what they need. The keyboard is among them because
     * QEMU passes keys on to the newest one: where it came up later, it took keys away from the one that was read.
     */
    List<String> modules() {
        var all = new ArrayList<>(MODULES);
        all.addAll(moreModules);
        return all;
    }

    GuestArchitecture architecture() {
        return this == I686 ? GuestArchitecture.I686 : GuestArchitecture.X86_64;
    }
}

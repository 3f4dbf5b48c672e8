package org.nixlab.image.boot;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class InitrdModulesTest {
    private static final List<String> DEPENDENCIES = List.of(
            "kernel/virtio/virtio.ko:",
            "kernel/virtio/virtio_ring.ko: kernel/virtio/virtio.ko",
            "kernel/virtio/virtio_pci.ko: kernel/virtio/virtio_ring.ko kernel/virtio/virtio.ko",
            "kernel/block/virtio_blk.ko: kernel/virtio/virtio_ring.ko kernel/virtio/virtio.ko");

    @Test
    void everyModuleComesAfterWhatItNeeds() {
        assertThat(InitrdModules.order(DEPENDENCIES, List.of("virtio_pci", "virtio_blk")))
                .containsExactly(
                        "kernel/virtio/virtio.ko",
                        "kernel/virtio/virtio_ring.ko",
                        "kernel/virtio/virtio_pci.ko",
                        "kernel/block/virtio_blk.ko");
    }

    @Test
    void whatIsBuiltIntoTheKernelIsSkipped() {
        assertThat(InitrdModules.order(DEPENDENCIES, List.of("ext4"))).isEmpty();
    }

    @Test
    void devicesThatModulesMakeOnFirstUseAreListed() {
        var lines = InitrdModules.devices(
                List.of("# Device nodes", "tun net/tun c10:200", "loop loop-control c10:237", "x y b7:0"));

        assertThat(lines).containsExactly("net/tun 10 200 666", "loop-control 10 237 600");
    }
}

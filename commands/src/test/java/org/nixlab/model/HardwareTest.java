package org.nixlab.model;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class HardwareTest {
    @Test
    void whatIsBootedIsNoHardwareHoweverItIsWritten() {
        var one = hardware(
                "-device virtio-rng-pci",
                "-kernel ${NIXPKGS_QEMU_KERNEL_a:-/nix/store/1-nixos/kernel}",
                "-initrd /nix/store/1-initrd/initrd",
                "-append \"$(cat /nix/store/1-nixos/kernel-params) init=/nix/store/1-nixos/init \\\"x y\\\"\"");
        var other = hardware(
                "-device virtio-rng-pci -kernel '/nix/store/2 nixos/kernel'", "-initrd", "/2", "--append", "quiet");

        assertThat(one.withoutSystem()).isEqualTo(other.withoutSystem());
        assertThat(one.withoutSystem().qemuOptions()).containsExactly("-device", "virtio-rng-pci");
    }

    @Test
    void whatStandsBesideItIs() {
        assertThat(hardware("-kernel /1 -device virtio-rng-pci").withoutSystem())
                .isNotEqualTo(hardware("-kernel /1 -device virtio-gpu-pci").withoutSystem());
        assertThat(hardware("-kernel").withoutSystem().qemuOptions()).isEmpty();
    }

    private static Hardware hardware(String... options) {
        return new Hardware(
                512, 1, 1024, List.of(1), false, false, List.of(), List.of(), List.of(), List.of(options), List.of());
    }
}

package org.nixlab.image.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class KernelImageTest {
    @Test
    void segmentsOfA32BitKernelLieWhereTheyAreInMemory() {
        var elf = ByteBuffer.allocate(0x200).order(ByteOrder.LITTLE_ENDIAN);
        elf.putInt(24, 0x100040).putInt(28, 0x40).putShort(44, (short) 1);
        elf.putInt(0x40, 1).putInt(0x44, 0x100).putInt(0x4c, 0x100010).putInt(0x50, 4);
        elf.putInt(0x100, 0x11223344);
        var setup = new byte[1024];

        var image = ByteBuffer.wrap(KernelImage.flat(setup, elf.array())).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(image.getInt(1024 + 0x10)).isEqualTo(0x11223344);
        assertThat(image.getInt(0x214)).isEqualTo(0x100040);
        assertThat(image.getInt(0x1f4)).isEqualTo(2);
    }
}

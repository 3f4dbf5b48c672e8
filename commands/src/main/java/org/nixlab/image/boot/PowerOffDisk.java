package org.nixlab.image.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

import org.nixlab.image.cache.BuildFailure;

/**
 * An initial RAM disk with one program, which powers the machine off: made of nothing, for kernels that nixlab has no
 * programs for.
 *
 * <p>The program is an ELF file for i386, which 64-bit kernels run as well. It calls {@code reboot(2)}.
 */
public final class PowerOffDisk {
    private static final int ADDRESS = 0x08048000;
    private static final int HEADERS = 52 + 32;
    private static final byte[] CODE = {
        (byte) 0xb8,
        88,
        0,
        0,
        0, // mov eax, __NR_reboot
        (byte) 0xbb,
        (byte) 0xad,
        (byte) 0xde,
        (byte) 0xe1,
        (byte) 0xfe, // mov ebx, LINUX_REBOOT_MAGIC1
        (byte) 0xb9,
        0x69,
        0x19,
        0x12,
        0x28, // mov ecx, LINUX_REBOOT_MAGIC2
        (byte) 0xba,
        (byte) 0xdc,
        (byte) 0xfe,
        0x21,
        0x43, // mov edx, LINUX_REBOOT_CMD_POWER_OFF
        (byte) 0xcd,
        (byte) 0x80, // int 0x80
        (byte) 0xeb,
        (byte) 0xfe, // jmp to itself
    };

    private PowerOffDisk() {}

    /** Returns the disk in a directory; makes it if it is not there. */
    public static Path in(Path directory) {
        var disk = directory.resolve("power-off.cpio");
        try {
            var content = new Cpio().file("init", 0755, program()).finish();
            if (!Files.exists(disk) || !Arrays.equals(Files.readAllBytes(disk), content)) {
                Files.createDirectories(directory);
                var fresh = Files.createTempFile(directory, "power-off", ".new");
                Files.write(fresh, content);
                Files.move(fresh, disk, StandardCopyOption.ATOMIC_MOVE);
            }
            return disk;
        } catch (IOException e) {
            throw BuildFailure.of("the probe of the acceleration", e);
        }
    }

    private static byte[] program() {
        var elf = ByteBuffer.allocate(HEADERS + CODE.length).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 1, 1, 1}).position(16);
        // Type, machine and version; then the entry and where the program header is.
        elf.putShort((short) 2).putShort((short) 3).putInt(1);
        elf.putInt(ADDRESS + HEADERS).putInt(52).putInt(0).putInt(0);
        elf.putShort((short) 52).putShort((short) 32).putShort((short) 1).position(52);
        // One segment, readable and executable: the whole file.
        elf.putInt(1).putInt(0).putInt(ADDRESS).putInt(ADDRESS);
        elf.putInt(elf.capacity()).putInt(elf.capacity()).putInt(5).putInt(0x1000);
        return elf.put(CODE).array();
    }
}

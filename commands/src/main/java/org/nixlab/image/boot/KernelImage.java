package org.nixlab.image.boot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.cache.Workspace;
import org.nixlab.process.HostCommand;

/**
 * Unpacks a kernel on the host: an emulated processor would take one to two seconds for it on every boot.
 *
 * <p>QEMU starts a 64-bit kernel as the ELF file it is (by its PVH entry point). Debian's 32-bit one has none, so it is
 * laid out in memory behind the real-mode code of the original file, whose start address is changed to the kernel's own;
 * the fields are those of the kernel's Documentation/x86/boot.rst.
 */
record KernelImage(String what, Workspace workspace) {
    private static final int SETUP_SECTORS = 0x1f1;
    private static final int SYSTEM_SIZE = 0x1f4;
    private static final int START_ADDRESS = 0x214;
    private static final int PAYLOAD_OFFSET = 0x248;
    private static final int PAYLOAD_LENGTH = 0x24c;
    private static final int SECTOR = 512;
    /** Where QEMU puts what follows the real-mode code. */
    private static final int LOAD_ADDRESS = 0x100000;

    private static final byte[] LZ4 = {0x02, 0x21, 0x4c, 0x18};
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final int ELF_CLASS = 4;
    private static final int ELF_32 = 1;
    private static final int SEGMENT_SIZE = 32;

    /** Makes the file QEMU loads from a kernel package's {@code vmlinuz}. */
    void make(Path vmlinuz, Path target, Deadline deadline) throws IOException {
        var packed = Files.readAllBytes(vmlinuz);
        var header = little(packed);
        int start = (Byte.toUnsignedInt(packed[SETUP_SECTORS]) + 1) * SECTOR;
        int from = start + header.getInt(PAYLOAD_OFFSET);
        var payload = Arrays.copyOfRange(packed, from, from + header.getInt(PAYLOAD_LENGTH));
        var kernel = unpack(payload, deadline);
        Files.write(target, kernel[ELF_CLASS] == ELF_32 ? flat(Arrays.copyOf(packed, start), kernel) : kernel);
    }

    private byte[] unpack(byte[] payload, Deadline deadline) throws IOException {
        if (startsWith(payload, LZ4)) {
            return unpackLz4(payload);
        }
        if (!startsWith(payload, XZ)) {
            throw LabException.build(what + " could not be built: the kernel is packed in an unknown way", "", "");
        }
        var packed = workspace.file("vmlinux.xz");
        var unpacked = workspace.file("vmlinux");
        Files.write(packed, payload);
        var command = HostCommand.of(
                "sh", "-c", "exec xz -dc --single-stream <\"$0\" >\"$1\"", packed.toString(), unpacked.toString());
        workspace.run(what, command, deadline);
        return Files.readAllBytes(unpacked);
    }

    /** Blocks of the "legacy" format, each behind its length; the kernel's build adds the unpacked size at the end. */
    private static byte[] unpackLz4(byte[] payload) throws IOException {
        var unpacked = new ByteArrayOutputStream();
        var lengths = little(payload);
        int at = LZ4.length;
        while (at + Integer.BYTES < payload.length) {
            int length = lengths.getInt(at);
            at += Integer.BYTES;
            try (var block = new BlockLZ4CompressorInputStream(new ByteArrayInputStream(payload, at, length))) {
                block.transferTo(unpacked);
            }
            at += length;
        }
        return unpacked.toByteArray();
    }

    /** Lays a 32-bit kernel's segments out as they are to stand in memory. */
    static byte[] flat(byte[] setup, byte[] elf) {
        var kernel = little(elf);
        int entry = kernel.getInt(24);
        int segments = kernel.getInt(28);
        int count = kernel.getShort(44);
        int end = 0;
        for (int i = 0; i < count; i++) {
            int at = segments + i * SEGMENT_SIZE;
            if (kernel.getInt(at) == 1) {
                end = Math.max(end, kernel.getInt(at + 12) + kernel.getInt(at + 16));
            }
        }
        var image = Arrays.copyOf(setup, setup.length + end - LOAD_ADDRESS);
        for (int i = 0; i < count; i++) {
            int at = segments + i * SEGMENT_SIZE;
            if (kernel.getInt(at) == 1) {
                int to = setup.length + kernel.getInt(at + 12) - LOAD_ADDRESS;
                System.arraycopy(elf, kernel.getInt(at + 4), image, to, kernel.getInt(at + 16));
            }
        }
        var header = little(image);
        header.putInt(START_ADDRESS, entry);
        header.putInt(SYSTEM_SIZE, (image.length - setup.length + 15) / 16);
        return image;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(Arrays.copyOf(bytes, prefix.length), prefix);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

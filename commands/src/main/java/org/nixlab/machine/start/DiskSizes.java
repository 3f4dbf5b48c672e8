package org.nixlab.machine.start;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static java.util.Objects.requireNonNull;

/** The disks a machine has, against the sizes it is declared with now. They can become larger, and not smaller. */
public final class DiskSizes {
    /** QCOW2's first four bytes, and where its header says what it is made on and how large it is (QEMU's qcow2.txt). */
    private static final int MAGIC = 0x514649fb;

    private static final int BASE_AT = 8;
    private static final int SIZE_AT = 24;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Machine declared;
    private final VmDirectory directory;

    public DiskSizes(Machine declared, VmDirectory directory) {
        this.declared = requireNonNull(declared, "declared");
        this.directory = requireNonNull(directory, "directory");
    }

    /**
     * Goes on if no disk is declared smaller than it is.
     *
     * @throws LabException (usage) if one is
     */
    public void requireNoneSmaller() {
        if (declared.hardware().diskSize() > 0) {
            requireNotSmaller(directory.disk(), declared.hardware().diskSize(), "virtualisation.diskSize");
        }
        var empty = declared.hardware().emptyDiskImages();
        for (int i = 0; i < empty.size(); i++) {
            requireNotSmaller(emptyDisk(i), empty.get(i), "virtualisation.emptyDiskImages");
        }
    }

    /**
     * Makes the disks of NixOS larger that are declared so; those of Debian guests are by their own start script. If
     * the machine's own is among them, its file system has to follow: {@link RootGrowth}.
     *
     * @throws LabException (host) if the host cannot
     */
    public void grow() {
        if (!isNixos()) {
            return;
        }
        var empty = declared.hardware().emptyDiskImages();
        for (int i = 0; i < empty.size(); i++) {
            grow(emptyDisk(i), empty.get(i), () -> {});
        }
        grow(directory.disk(), declared.hardware().diskSize(), new RootGrowth(directory)::begin);
    }

    private boolean isNixos() {
        return declared.origin() instanceof Origin.Nixos;
    }

    /** Start scripts choose the place. */
    private Path emptyDisk(int number) {
        return isNixos()
                ? directory.scratch().resolve("empty" + number + ".qcow2")
                : directory.disk().resolveSibling("disk-empty" + number + ".qcow2");
    }

    private static void grow(Path disk, int declared, Runnable before) {
        var size = mebibytes(disk);
        if (size.isEmpty() || size.getAsInt() >= declared) {
            return;
        }
        before.run();
        var result = HostProcess.run(
                HostCommand.of("qemu-img", "resize", "-q", "-f", "qcow2", disk.toString(), declared + "M"),
                Deadline.in(LIMIT));
        if (!result.succeeded()) {
            throw LabException.host(
                    "the disk cannot be made larger: " + result.err().strip(), disk.toString(), "");
        }
    }

    private void requireNotSmaller(Path disk, int wanted, String option) {
        var size = mebibytes(disk);
        if (size.isPresent() && size.getAsInt() > wanted) {
            throw LabException.input(
                    declared.name() + ": " + option + " is " + wanted + ", but the disk has " + size.getAsInt()
                            + " MiB already and cannot become smaller",
                    disk.toString(),
                    "declare at least " + size.getAsInt() + ", or remove that file with all that is on it");
        }
    }

    /** Returns the size of a QCOW2 image, rounded down; empty if there is none, or if another image decides about it. */
    private static OptionalInt mebibytes(Path image) {
        if (!Files.exists(image)) {
            return OptionalInt.empty();
        }
        try (var file = new RandomAccessFile(image.toFile(), "r")) {
            if (file.length() < SIZE_AT + Long.BYTES || file.readInt() != MAGIC) {
                return OptionalInt.empty();
            }
            file.seek(BASE_AT);
            if (file.readLong() != 0) {
                return OptionalInt.empty();
            }
            file.seek(SIZE_AT);
            return OptionalInt.of((int) (file.readLong() >> 20));
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}

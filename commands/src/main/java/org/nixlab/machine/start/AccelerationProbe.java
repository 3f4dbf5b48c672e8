package org.nixlab.machine.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static java.util.Objects.requireNonNull;

/**
 * Finds out whether hardware acceleration works by booting a guest that powers off at once.
 *
 * <p>{@code /dev/kvm} can exist, open and even create a virtual machine, and still hang or reset every guest, or only
 * those of 32 bits; only running one tells. The answer is remembered per boot of the host, QEMU and kernel.
 */
public final class AccelerationProbe {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Path memory;
    private final Path device;
    private final String qemu;

    /**
     * @param memory directory where answers are remembered; made if it is missing
     * @param device the device to look at, {@code /dev/kvm} except in tests
     * @param qemu the QEMU to try
     */
    public AccelerationProbe(Path memory, Path device, String qemu) {
        this.qemu = requireNonNull(qemu, "qemu");
        this.memory = requireNonNull(memory, "memory");
        this.device = requireNonNull(device, "device");
    }

    /**
     * Returns what to run guests with.
     *
     * @param kernel a guest kernel
     * @param initrd an initial RAM disk that powers the machine off
     * @throws LabException (host) if there is no QEMU
     */
    public Acceleration probe(Path kernel, Path initrd, Deadline deadline) {
        if (!Files.exists(device)) {
            return Acceleration.tcg("there is no " + device);
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            return Acceleration.tcg("no permission to use " + device + "; being in the group kvm would help");
        }
        var answer = memory.resolve(key(kernel, deadline));
        var known = recall(answer);
        if (known.isPresent()) {
            return known.get();
        }
        var found = boots(kernel, initrd, deadline)
                ? Acceleration.kvm()
                : Acceleration.tcg(device + " is there but a guest does not run with it");
        remember(answer, found);
        return found;
    }

    private boolean boots(Path kernel, Path initrd, Deadline deadline) {
        var command = HostCommand.of(qemu)
                // As also the oldest QEMU that comes with a nixpkgs tree understands it.
                .with("-machine", "accel=kvm", "-cpu", "host", "-m", "256")
                .with("-nodefaults", "-no-user-config", "-display", "none")
                // With -no-reboot the end of a guest that was reset would look like that of one that powered off.
                .with("-kernel", kernel.toString(), "-initrd", initrd.toString(), "-append", "quiet panic=-1");
        try {
            return HostProcess.run(command, Deadline.in(LIMIT).orSooner(deadline))
                    .succeeded();
        } catch (DeadlineException e) {
            if (deadline.hasPassed()) {
                throw e;
            }
            return false;
        }
    }

    private String key(Path kernel, Deadline deadline) {
        var version = HostProcess.run(HostCommand.of(qemu, "--version"), deadline);
        if (!version.succeeded()) {
            throw LabException.host("there is no " + qemu, "", "apt-get install qemu-system-x86");
        }
        var facts =
                String.join("\n", read(Path.of("/proc/sys/kernel/random/boot_id")), version.out(), kernel.toString());
        return "acceleration-" + UUID.nameUUIDFromBytes(facts.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Acceleration> recall(Path answer) {
        try {
            var lines = Files.readString(answer).split("\n", 2);
            return lines[0].equals("kvm") || lines[0].equals("tcg")
                    ? Optional.of(new Acceleration(lines[0], lines.length > 1 ? lines[1].strip() : ""))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void remember(Path answer, Acceleration found) {
        try {
            Files.createDirectories(memory);
            var fresh = Files.createTempFile(memory, "acceleration", ".new");
            Files.writeString(fresh, found.name() + "\n" + found.reason() + "\n");
            Files.move(fresh, answer, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

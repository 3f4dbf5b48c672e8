package org.nixlab.machine.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Damage;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

class AccelerationProbeTest {
    @TempDir
    Path temporary;

    @Test
    void withoutADeviceThereIsNothingToTry() {
        var device = temporary.resolve("kvm");

        var found = new AccelerationProbe(temporary, device, "qemu-system-x86_64")
                .probe(temporary.resolve("kernel"), temporary.resolve("initrd"), Deadline.in(Duration.ofSeconds(5)));

        assertThat(found).isEqualTo(Acceleration.tcg("there is no " + device));
    }

    @Test
    void aDeviceWithWhichAGuestHangsIsFoundOutOnce() throws IOException {
        var device = Files.createFile(temporary.resolve("kvm"));
        var starts = temporary.resolve("starts");
        var qemu = temporary.resolve("qemu");
        Files.writeString(qemu, """
                #!/bin/sh
                [ "$1" = --version ] && exec echo QEMU
                echo started >> %s
                exec sleep 600
                """.formatted(starts));
        assertThat(qemu.toFile().setExecutable(true)).isTrue();
        var probe = new AccelerationProbe(temporary.resolve("memory"), device, qemu.toString());
        var expected = Acceleration.tcg(device + " is there but a guest does not run with it");

        for (int i = 0; i < 2; i++) {
            var found = probe.probe(
                    temporary.resolve("kernel"), temporary.resolve("initrd"), Deadline.in(Duration.ofSeconds(60)));
            assertThat(found).isEqualTo(expected);
        }
        assertThat(starts).hasContent("started\n");
    }

    /** As on hosts that run 64-bit guests only: each start of the others ends in a triple fault. */
    @Test
    void aDeviceWithWhichAGuestIsOnlyResetIsFoundOut() throws IOException {
        var device = Files.createFile(temporary.resolve("kvm"));
        var qemu = temporary.resolve("qemu");
        Files.writeString(qemu, """
                #!/bin/sh
                [ "$1" = --version ] && exec echo QEMU
                for word; do
                    [ "$word" = -no-reboot ] && exit 0
                done
                exec sleep 600
                """);
        assertThat(qemu.toFile().setExecutable(true)).isTrue();

        var found = new AccelerationProbe(temporary.resolve("memory"), device, qemu.toString())
                .probe(temporary.resolve("kernel"), temporary.resolve("initrd"), Deadline.in(Duration.ofSeconds(60)));

        assertThat(found).isEqualTo(Acceleration.tcg(device + " is there but a guest does not run with it"));
    }

    @Test
    void anAnswerThatIsDamagedIsFoundOutAgain() throws IOException {
        var device = Files.createFile(temporary.resolve("kvm"));
        var qemu = temporary.resolve("qemu");
        Files.writeString(qemu, "#!/bin/sh\necho QEMU\n");
        assertThat(qemu.toFile().setExecutable(true)).isTrue();
        var memory = temporary.resolve("memory");
        var probe = new AccelerationProbe(memory, device, qemu.toString());
        for (var damage : Damage.all()) {
            probe.probe(temporary.resolve("kernel"), temporary.resolve("initrd"), Deadline.in(Duration.ofSeconds(60)));
            try (var answers = Files.list(memory)) {
                Files.write(answers.findFirst().orElseThrow(), damage);
            }

            var found = probe.probe(
                    temporary.resolve("kernel"), temporary.resolve("initrd"), Deadline.in(Duration.ofSeconds(60)));

            assertThat(found).isEqualTo(Acceleration.kvm());
        }
    }

    @Test
    void defaultLimitsAreLongerWithoutHardware() {
        var limit = Duration.ofSeconds(10);

        assertThat(Acceleration.kvm().scale(limit)).isEqualTo(limit);
        assertThat(Acceleration.tcg("").scale(limit)).isGreaterThan(limit);
    }
}

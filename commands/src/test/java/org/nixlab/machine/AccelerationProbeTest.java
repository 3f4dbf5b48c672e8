package org.nixlab.machine;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

class AccelerationProbeTest {
    @TempDir
    Path temporary;

    @Test
    void withoutADeviceThereIsNothingToTry() {
        var device = temporary.resolve("kvm");

        var found = new AccelerationProbe(temporary, device)
                .probe(temporary.resolve("kernel"), temporary.resolve("initrd"), Deadline.in(Duration.ofSeconds(5)));

        assertThat(found).isEqualTo(Acceleration.tcg("there is no " + device));
    }

    @Test
    void defaultLimitsAreLongerWithoutHardware() {
        var limit = Duration.ofSeconds(10);

        assertThat(Acceleration.kvm().scale(limit)).isEqualTo(limit);
        assertThat(Acceleration.tcg("").scale(limit)).isGreaterThan(limit);
    }
}

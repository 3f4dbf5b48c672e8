package org.nixlab.net;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class VlanSwitchIT {
    private final Deadline soon = Deadline.in(Duration.ofSeconds(10));

    @TempDir
    Path directory;

    @Test
    void startsIsFoundAgainAndLeavesNothing() throws Exception {
        var first = new VlanSwitch(1, directory);
        first.start(soon);
        var second = new VlanSwitch(1, directory);

        assertThat(second.isRunning()).isTrue();
        second.start(soon);
        second.stop();

        assertThat(first.isRunning()).isFalse();
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}

package org.nixlab.guest.channel;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.guest.SerialConsole;
import org.nixlab.process.FrozenListener;
import org.nixlab.process.Lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A QEMU that stands still: it neither takes a connection nor refuses it. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PortTest {
    @TempDir
    Path directory;

    @Test
    void aFrozenQemuIsWaitedForUntilTheDeadline() throws IOException {
        var socket = directory.resolve("console");
        try (var frozen = FrozenListener.at(socket)) {
            assertThat(frozen.waiting()).isPositive();
            assertThatThrownBy(() -> SerialConsole.open(socket, "web", Deadline.in(Duration.ofMillis(50))))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessageContaining("the serial console of web");
        }
    }

    @Test
    void aFrozenQemuIsNotLockedForOthers() throws IOException {
        var socket = directory.resolve("console");
        try (var frozen = FrozenListener.at(socket)) {
            assertThat(frozen.waiting()).isPositive();
            assertThat(Port.tryOpen(socket, "web")).isEmpty();
        }
        Lease.tryTakeOfSocket(socket).orElseThrow().close();
    }
}

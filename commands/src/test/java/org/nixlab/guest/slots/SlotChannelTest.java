package org.nixlab.guest.slots;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.guest.GuestShell;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A slot whose program is killed in the machine, of which the socket tells nothing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SlotChannelTest {
    @TempDir
    Path directory;

    private final CountDownLatch begun = new CountDownLatch(1);

    @Test
    void aCommandWhoseSlotWasKilledFails() throws Exception {
        try (var machine = new FakeSlot(directory.resolve("socket"), false, this::runForEver);
                var shell = new GuestShell(machine)) {
            var running = shell.start(ExecRequest.of("kill -9 -1"), soon());
            begun.await();

            machine.leave();

            assertThatThrownBy(() -> running.await((stream, data) -> {}, soon()))
                    .isInstanceOf(LabException.class)
                    .isNotInstanceOf(DeadlineException.class)
                    .hasMessage("nixlab's program in the machine was ended during `kill -9 -1`");
        }
    }

    @Test
    void aSlotThatWasKilledMeanwhileIsConnectedAnew() throws Exception {
        try (var machine = new FakeSlot(directory.resolve("socket"), false, SlotChannelTest::succeed);
                var shell = new GuestShell(machine)) {
            assertThat(shell.run(ExecRequest.of("true"), soon()).exitCode()).isZero();

            machine.leave();

            assertThat(shell.run(ExecRequest.of("true"), soon()).exitCode()).isZero();
        }
    }

    @Test
    void aClockThatWasSetBackEndsNothing() throws Exception {
        try (var machine = new FakeSlot(directory.resolve("socket"), false, SlotChannelTest::succeed);
                var shell = new GuestShell(machine)) {
            machine.changeAt(Instant.now().plus(Duration.ofHours(1)));

            assertThat(shell.run(ExecRequest.of("true"), soon()).exitCode()).isZero();
        }
    }

    private void runForEver(DataInputStream in, OutputStream out) throws IOException {
        FakeSlot.greet(in, out);
        begun.countDown();
        in.readAllBytes();
    }

    /** Knows only requests of its client, as the real one does, and serves one. */
    private static void succeed(DataInputStream in, OutputStream out) throws IOException {
        try {
            FakeSlot.greet(in, out);
            out.write("X\0\0\0\5\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
            in.readAllBytes();
        } catch (EOFException e) {
            // The client has left.
        }
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}

package org.nixlab.guest.channel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.guest.SerialConsole;
import org.nixlab.process.FrozenListener;
import org.nixlab.process.Lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A QEMU that stands still, and neither takes a connection nor refuses it; and one that does not listen. */
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

    /** Between bind(2) and listen(2) a client is refused; the fake takes its time there. */
    @Test
    void aSocketThatNobodyListensToYetIsTriedAgain() throws Exception {
        var socket = directory.resolve("slot");
        var perl = new ProcessBuilder(
                        "perl",
                        "-MSocket",
                        "-e",
                        "socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un($ARGV[0])) or die; $| = 1; print qq(bound\n);"
                                + " select(undef, undef, undef, .05); listen(S, 1); <STDIN>",
                        socket.toString())
                .start();
        try {
            assertThat(perl.inputReader().readLine()).isEqualTo("bound");
            Port.tryOpen(socket, "web").orElseThrow().close();
        } finally {
            perl.destroy();
        }
    }

    @Test
    void aSocketThatNobodyListensToAnyMoreIsAFailure() throws IOException {
        var socket = directory.resolve("slot");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();

        assertThatThrownBy(() -> Port.tryOpen(socket, "web"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("Connection refused");
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

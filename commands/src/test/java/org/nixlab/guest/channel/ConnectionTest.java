package org.nixlab.guest.channel;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ConnectionTest {
    private static final int TURNS = 5;

    @TempDir
    Path directory;

    /** What a host that is slow does not read waits in the machine, and with it the command that writes it. */
    @Test
    void nothingIsReadThatIsNotWanted() throws Exception {
        var socket = directory.resolve("socket");
        var protocol = new Recorded();
        try (var listener =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket))) {
            var connection = new Connection(Port.tryOpen(socket, "m").orElseThrow(), protocol);
            connection.start("m-socket");
            try (var machine = listener.accept()) {
                machine.write(ascii("first"));
                assertThat(protocol.received.take()).isEqualTo("first");
                machine.write(ascii("second"));
                protocol.turns.drainPermits();
                protocol.turns.acquire(TURNS);
                assertThat(protocol.received).isEmpty();

                protocol.wanted = true;
                connection.wakeUp();
                assertThat(protocol.received.take()).isEqualTo("second");
            } finally {
                connection.close("the test has ended");
            }
        }
    }

    private static ByteBuffer ascii(String text) {
        return StandardCharsets.US_ASCII.encode(text);
    }

    /** Wants one piece, and then no other before it is told to. */
    private static final class Recorded implements Connection.Protocol {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final Semaphore turns = new Semaphore(0);
        private volatile boolean wanted = true;

        @Override
        public void received(ByteBuffer data) {
            wanted = false;
            received.add(StandardCharsets.US_ASCII.decode(data).toString());
        }

        @Override
        public boolean wantsMore() {
            return wanted;
        }

        @Override
        public Optional<String> tick() {
            turns.release();
            return Optional.empty();
        }

        @Override
        public void ended(String reason) {}
    }
}

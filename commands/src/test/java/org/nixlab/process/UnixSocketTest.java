package org.nixlab.process;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UnixSocketTest {
    @TempDir
    Path directory;

    @Test
    void connectsForBlockingUse() throws IOException {
        var socket = directory.resolve("socket");
        try (var listener =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
                var client = UnixSocket.tryConnect(socket).orElseThrow();
                var server = listener.accept()) {
            server.write(ByteBuffer.wrap(new byte[] {7}));

            assertThat(client.isBlocking()).isTrue();
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(1);
        }
    }

    @Test
    void aListenerThatTakesNobodyIsNotWaitedFor() throws IOException {
        var socket = directory.resolve("socket");
        try (var listener = FrozenListener.at(socket)) {
            assertThat(UnixSocket.tryConnect(socket)).isEmpty();

            listener.thaw();
            UnixSocket.tryConnect(socket).orElseThrow().close();
        }
    }

    @Test
    void aSocketOfOthersIsAFailure() throws IOException {
        var socket = directory.resolve("socket");
        try (var listener =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket))) {
            Files.setPosixFilePermissions(socket, Set.of());
            assumeFalse(Files.isWritable(socket), "modes keep root away from nothing");

            assertThatThrownBy(() -> UnixSocket.tryConnect(socket)).isInstanceOf(IOException.class);
            assertThat(listener.isOpen()).isTrue();
        }
    }

    @Test
    void nobodyWhoListensIsAFailure() throws IOException {
        var left = directory.resolve("left");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(left))
                .close();

        assertThatThrownBy(() -> UnixSocket.tryConnect(left)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> UnixSocket.tryConnect(directory.resolve("none")))
                .isInstanceOf(IOException.class);
    }
}

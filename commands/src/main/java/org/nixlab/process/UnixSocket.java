package org.nixlab.process;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Connects to UNIX sockets without ever waiting. A process that stands still takes no clients: the first few wait in its
 * queue, and where that is full, connect(2) blocks for as long as it stands still.
 */
public final class UnixSocket {
    private UnixSocket() {}

    /**
     * Connects, or returns nothing if so many clients wait for the listener already that there is no room for one more.
     * The channel is in blocking mode; the caller closes it.
     *
     * @throws IOException if nobody listens there
     */
    public static Optional<SocketChannel> tryConnect(Path socket) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(true);
            return Optional.of(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (isFull(e, socket)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** EAGAIN has no type and no words of its own; a missing socket has the same, a refusal has not. */
    private static boolean isFull(Exception failure, Path socket) {
        return failure.getClass() == SocketException.class && Files.exists(socket);
    }
}

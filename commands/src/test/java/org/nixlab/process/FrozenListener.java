package org.nixlab.process;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A socket whose owner stands still and whose queue is full, as that of a QEMU that was sent SIGSTOP. */
public final class FrozenListener implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final List<SocketChannel> queued = new ArrayList<>();

    private FrozenListener(ServerSocketChannel listener) {
        this.listener = listener;
    }

    public static FrozenListener at(Path socket) throws IOException {
        var frozen = new FrozenListener(
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket), 1));
        var next = UnixSocket.tryConnect(socket);
        for (; next.isPresent(); next = UnixSocket.tryConnect(socket)) {
            frozen.queued.add(next.get());
        }
        return frozen;
    }

    /** Returns how many clients wait to be taken. */
    public int waiting() {
        return queued.size();
    }

    /** Takes who waits, so that there is room for others. */
    void thaw() throws IOException {
        for (var client : queued) {
            listener.accept().close();
            client.close();
        }
        queued.clear();
    }

    @Override
    public void close() throws IOException {
        for (var client : queued) {
            client.close();
        }
        listener.close();
    }
}

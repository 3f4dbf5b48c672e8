package org.nixlab.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.nixlab.base.Threads;

/** One open entrance. Each client that comes is handed on in the thread that lets them in, which must not wait. */
final class Listener implements AutoCloseable {
    private final Entrance entrance;
    private final ServerSocketChannel channel;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

    private Listener(Entrance entrance, ServerSocketChannel channel) {
        this.entrance = entrance;
        this.channel = channel;
    }

    /**
     * Returns the address at which an entrance is to be opened. It may be looked up in the network, which takes its time.
     *
     * @throws IOException if this host has no such address
     */
    static SocketAddress address(Entrance wanted) throws IOException {
        if (wanted.hostPort().isEmpty()) {
            return UnixDomainSocketAddress.of(wanted.listen());
        }
        var address =
                new InetSocketAddress(wanted.hostAddress(), wanted.hostPort().get());
        if (address.isUnresolved()) {
            throw new IOException("this host has no address " + wanted.hostAddress());
        }
        return address;
    }

    /** @throws IOException if the address cannot be had */
    static Listener open(Entrance wanted, SocketAddress address) throws IOException {
        if (address instanceof UnixDomainSocketAddress socket) {
            return new Listener(wanted, bindPath(socket.getPath()));
        }
        var channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address);
            int bound = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            return new Listener(wanted.on(wanted.hostAddress() + ":" + bound), channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    static ServerSocketChannel bindPath(Path path) throws IOException {
        Files.deleteIfExists(path);
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the entrance as it was bound. */
    Entrance entrance() {
        return entrance;
    }

    void start(Consumer<SocketChannel> client, Consumer<String> log) {
        var acceptor = new Acceptor(entrance.description(), channel::accept, log);
        Threads.start("relay-" + entrance.listen(), () -> acceptor.run(next -> admit(next, client)));
    }

    private void admit(SocketChannel next, Consumer<SocketChannel> client) {
        clients.add(next);
        try {
            client.accept(next);
        } catch (RuntimeException | Error e) {
            clients.remove(next);
            throw e;
        }
        // It came as the entrance was being closed.
        if (!channel.isOpen()) {
            sendAway(next);
        }
    }

    private static void sendAway(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            // It has gone by itself.
        }
    }

    /** Forgets a client, which has left. */
    void left(SocketChannel client) {
        clients.remove(client);
    }

    /** Lets nobody in any more and sends those away who are. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (entrance.hostPort().isEmpty()) {
            Files.deleteIfExists(Path.of(entrance.listen()));
        }
        clients.forEach(Listener::sendAway);
    }
}

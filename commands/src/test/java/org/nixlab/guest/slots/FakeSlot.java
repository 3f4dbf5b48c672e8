package org.nixlab.guest.slots;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.guest.Instrumentation;
import org.nixlab.guest.channel.ChannelSource;

/** A machine whose one slot, or whose backdoor, says what a test wants it to say, and then hangs up. */
public final class FakeSlot implements ChannelSource, AutoCloseable {
    /** What is said to one client. */
    public interface Conversation {
        void hold(DataInputStream in, OutputStream out) throws IOException;
    }

    private final Path socket;
    private final boolean classic;
    private volatile Optional<Instant> changed = Optional.empty();
    private final ServerSocketChannel listener;

    public FakeSlot(Path socket, boolean classic, Conversation conversation) throws IOException {
        this.socket = socket;
        this.classic = classic;
        this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        var thread = new Thread(() -> serve(conversation), "fake-slot");
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers the hello of a client and takes its request, and what else it sends after it. */
    public static void greet(DataInputStream in, OutputStream out) throws IOException {
        var nonce = new String(message(in), StandardCharsets.US_ASCII);
        out.write(("\nnixlab-slot 1 " + nonce + "\n").getBytes(StandardCharsets.US_ASCII));
        message(in);
    }

    /** Reads a message of the host and returns its payload. */
    public static byte[] message(DataInputStream in) throws IOException {
        in.readByte();
        return in.readNBytes(in.readInt());
    }

    @Override
    public String programs() {
        return Instrumentation.DIRECTORY;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve(Conversation conversation) {
        while (true) {
            try (var client = listener.accept()) {
                talk(client, conversation);
            } catch (IOException e) {
                if (!listener.isOpen()) {
                    return;
                }
            }
        }
    }

    private static void talk(SocketChannel client, Conversation conversation) throws IOException {
        conversation.hold(new DataInputStream(Channels.newInputStream(client)), Channels.newOutputStream(client));
    }

    @Override
    public String machine() {
        return "fake";
    }

    @Override
    public List<Path> slots() {
        return classic ? List.of() : List.of(socket);
    }

    /** Lets clients know that the program behind the slot has ended. */
    void leave() {
        changeAt(Instant.now());
    }

    /** Lets clients know of a program that took the slot or let go of it. */
    void changeAt(Instant when) {
        changed = Optional.of(when);
    }

    @Override
    public Optional<Instant> lastChange(Path slot) {
        return changed;
    }

    @Override
    public List<Path> plugSlots(int count, Deadline deadline) {
        return List.of();
    }

    @Override
    public Optional<Path> backdoor() {
        return classic ? Optional.of(socket) : Optional.empty();
    }
}

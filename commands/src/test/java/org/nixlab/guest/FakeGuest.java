package org.nixlab.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.guest.channel.ChannelSource;

/**
 * The guest's side of the channels on the host: the real slot programs, behind UNIX sockets that stand for the ports.
 * Fails on close if a slot ended by itself.
 */
public final class FakeGuest implements ChannelSource, AutoCloseable {
    private final Path directory;
    private final int limit;
    private final List<Process> slots = new ArrayList<>();
    private final List<Path> sockets = new ArrayList<>();
    private final List<ServerSocketChannel> dead = new ArrayList<>();
    private boolean plugsDeadSlots;
    private boolean plugsPorts;
    private volatile boolean answered;

    public FakeGuest(Path directory, int slotsAtBoot, int limit) throws IOException {
        this.directory = directory;
        this.limit = limit;
        for (var file : Instrumentation.files()) {
            var copy = directory.resolve(Path.of(file.path()).getFileName());
            Files.write(copy, file.content());
            copy.toFile().setExecutable((file.mode() & 0100) != 0);
        }
        try (var harness = FakeGuest.class.getResourceAsStream("harness.pl")) {
            Files.copy(harness, directory.resolve("harness.pl"));
        }
        for (var number = 0; number < slotsAtBoot; number++) {
            startSlot();
        }
    }

    @Override
    public String machine() {
        return "fake";
    }

    @Override
    public synchronized List<Path> slots() {
        return sockets.stream().filter(Files::exists).toList();
    }

    @Override
    public synchronized List<Path> plugSlots(int count, Deadline deadline) {
        var fresh = new ArrayList<Path>();
        while (fresh.size() < count && sockets.size() < limit) {
            fresh.add(plugsDeadSlots ? addDeadSlot() : plugsPorts ? plugPort() : startSlot());
        }
        return fresh;
    }

    @Override
    public void markAnswered() {
        answered = true;
    }

    @Override
    public boolean hasAnswered() {
        return answered;
    }

    @Override
    public String programs() {
        return directory.toString();
    }

    @Override
    public Optional<Path> backdoor() {
        return Optional.empty();
    }

    /** What the slots wrote to their standard error, which is the journal of a real guest. */
    String journal() {
        try {
            return Files.readString(directory.resolve("journal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a slot whose program never came up: clients can connect, and nobody answers. */
    synchronized Path addDeadSlot() {
        var socket = directory.resolve("nixlab." + sockets.size());
        try {
            dead.add(ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.add(socket);
        return socket;
    }

    /** Gets so busy that no program of a slot plugged in from now on comes up. */
    synchronized void plugDeadSlots() {
        plugsDeadSlots = true;
    }

    /** From now on only ports are plugged in, and it is up to the slots that run to serve them. */
    synchronized void plugPorts() {
        plugsPorts = true;
    }

    private Path plugPort() {
        var socket = directory.resolve("nixlab." + sockets.size());
        try {
            Files.createFile(directory.resolve(socket.getFileName() + ".plugged"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.add(socket);
        return socket;
    }

    /** Keeps slots whose client leaves from serving the next one. */
    void holdPorts() throws IOException {
        Files.createFile(directory.resolve("hold"));
    }

    /** Returns whether a slot whose client left is kept from serving the next one. */
    boolean isHolding() {
        return slots().stream().anyMatch(socket -> Files.exists(socket.resolveSibling(socket.getFileName() + ".held")));
    }

    void releasePorts() throws IOException {
        Files.delete(directory.resolve("hold"));
    }

    /** Pulls the plug. */
    public void kill() {
        slots.forEach(FakeGuest::kill);
        slots.clear();
    }

    @Override
    public void close() {
        closeDeadSlots();
        for (var slot : slots) {
            if (!slot.isAlive()) {
                throw new AssertionError("a slot ended with " + slot.exitValue());
            }
            kill(slot);
        }
    }

    private void closeDeadSlots() {
        try {
            for (var slot : dead) {
                slot.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The slot goes first: it would report the end of its command, which a machine without power cannot. */
    private static void kill(Process slot) {
        var commands = slot.descendants().toList();
        slot.destroyForcibly().onExit().join();
        commands.forEach(ProcessHandle::destroyForcibly);
    }

    private Path startSlot() {
        var socket = directory.resolve("nixlab." + sockets.size());
        try {
            var builder = new ProcessBuilder(
                            "perl", directory.resolve("harness.pl").toString(), directory.toString(), socket.toString())
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("journal").toFile()));
            builder.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
            slots.add(builder.start());
            awaitListening(socket);
            sockets.add(socket);
            return socket;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitListening(Path socket) {
        while (true) {
            try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }
}

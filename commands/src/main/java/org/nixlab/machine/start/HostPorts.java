package org.nixlab.machine.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.nixlab.machine.host.VmDirectory;
import org.nixlab.model.Machine;
import org.nixlab.model.PortForward;
import org.nixlab.process.Lease;

import static java.util.Objects.requireNonNull;

/**
 * The ports of the host that machines are declared to have ({@code virtualisation.forwardPorts}), for labs of which several
 * run at once. The first has them as they are declared; in the others a free port stands for each that is taken. Safe for use
 * by many threads.
 *
 * <p>A port is spoken for by a lease until this is closed, since QEMU takes it only some time after it was looked at.
 */
public final class HostPorts implements AutoCloseable {
    private final Path leases;
    private final Map<String, Claim> claims = new HashMap<>(); // guarded by this

    /** @param leases a directory of the user's for them, the same for all labs; made when it is needed */
    public HostPorts(Path leases) {
        this.leases = requireNonNull(leases, "leases");
    }

    /**
     * Returns a start script with ports that the machine can have now: the one it is given, or else a copy in its state.
     *
     * @param notes is told which ports stand for those that are taken
     */
    public synchronized Path settled(Machine machine, Path script, VmDirectory directory, Consumer<String> notes) {
        try {
            var text = "";
            for (var forward : machine.hardware().forwardPorts()) {
                if (isFixed(forward) && isTaken(machine.name(), forward)) {
                    int port = free(machine.name(), forward);
                    text = (text.isEmpty() ? Files.readString(script, StandardCharsets.ISO_8859_1) : text)
                            .replace(words(forward, forward.host().port()), words(forward, port));
                    notes.accept(machine.name() + ": port " + forward.host().port() + " of the host is taken; port "
                            + port + " leads to its port " + forward.guest().port() + " instead");
                }
            }
            return text.isEmpty() ? script : copy(text, directory.startScript());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFixed(PortForward forward) {
        return forward.fromHost() && forward.host().port() != 0;
    }

    private boolean isTaken(String machine, PortForward forward) throws IOException {
        return !claim(machine, forward.protocol(), forward.host().port())
                || !isFree(forward, forward.host().port());
    }

    private int free(String machine, PortForward forward) throws IOException {
        while (true) {
            int port = bind(forward, 0);
            if (claim(machine, forward.protocol(), port)) {
                return port;
            }
        }
    }

    private boolean claim(String machine, String protocol, int port) throws IOException {
        var name = protocol + "-" + port;
        var known = claims.get(name);
        if (known != null) {
            return known.machine().equals(machine);
        }
        Files.createDirectories(leases);
        var lease = Lease.tryTake(leases.resolve(name));
        lease.ifPresent(taken -> claims.put(name, new Claim(machine, taken)));
        return lease.isPresent();
    }

    private static boolean isFree(PortForward forward, int port) throws IOException {
        try {
            bind(forward, port);
            return true;
        } catch (SocketException e) {
            return false;
        } catch (UnknownHostException e) {
            // What QEMU makes of it, it says itself.
            return true;
        }
    }

    /** Takes a port for a moment, and returns its number. */
    private static int bind(PortForward forward, int port) throws IOException {
        var named = forward.host().address();
        var address = new InetSocketAddress(InetAddress.getByName(named.isEmpty() ? "0.0.0.0" : named), port);
        if (forward.protocol().equals("udp")) {
            try (var socket = new DatagramSocket(address)) {
                return socket.getLocalPort();
            }
        }
        try (var socket = new ServerSocket()) {
            socket.bind(address);
            return socket.getLocalPort();
        }
    }

    private static String words(PortForward forward, int port) {
        return "hostfwd=" + forward.protocol() + ":" + forward.host().address() + ":" + port + "-"
                + forward.guest().address() + ":" + forward.guest().port();
    }

    private static Path copy(String text, Path script) throws IOException {
        Files.createDirectories(script.getParent());
        Files.writeString(script, text, StandardCharsets.ISO_8859_1);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    /** Lets others have the ports; those that machines have by then stay theirs. */
    @Override
    public synchronized void close() {
        claims.values().forEach(claim -> claim.lease().close());
        claims.clear();
    }

    private record Claim(String machine, Lease lease) {}
}

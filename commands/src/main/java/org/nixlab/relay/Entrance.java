package org.nixlab.relay;

import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.guest.stream.GuestStream;
import org.nixlab.machine.qemu.MachineStreams;

/**
 * Where programs of the host can connect, and what they get then. In the relay's language it is one line:
 * {@code MACHINE LISTEN TARGET}.
 *
 * @param machine name of the machine
 * @param listen {@code ADDRESS:PORT} of the host, port 0 for any; or the absolute path of a UNIX socket
 * @param target {@code tcp HOST PORT} as seen from the machine, or {@code run COMMAND} for a bash command of root's
 */
public record Entrance(String machine, String listen, String target) {
    private static final String TCP = "tcp ";
    private static final String RUN = "run ";

    public Entrance {
        boolean oneLine = (machine + listen + target).indexOf('\n') < 0;
        boolean words = machine.indexOf(' ') < 0 && listen.indexOf(' ') < 0;
        if (!oneLine || !words || !target.startsWith(TCP) && !target.startsWith(RUN)) {
            throw new IllegalArgumentException("no entrance of " + machine + ": " + listen);
        }
    }

    /** Returns an entrance to a port. */
    public static Entrance toPort(String machine, String listen, String host, int port) {
        return new Entrance(machine, listen, TCP + host + " " + port);
    }

    /** Returns an entrance to a command, which runs once for each client. */
    public static Entrance toCommand(String machine, String listen, String command) {
        return new Entrance(machine, listen, RUN + command);
    }

    /** Returns the port of an entrance to one, or empty if it is one to a command. */
    public Optional<Integer> port() {
        return isCommand() ? Optional.empty() : Optional.of(Integer.parseInt(target.split(" ")[2]));
    }

    /** Returns whose port it is, as the machine knows it; empty if it is an entrance to a command. */
    public String host() {
        return isCommand() ? "" : target.split(" ")[1];
    }

    /** Returns the port of the host, or empty if it listens on a UNIX socket. */
    public Optional<Integer> hostPort() {
        return listen.startsWith("/") ? Optional.empty() : Optional.of(Integer.parseInt(listen.substring(colon() + 1)));
    }

    /** Returns the address of the host without the port, or the path of the UNIX socket. */
    public String hostAddress() {
        return listen.startsWith("/") ? listen : listen.substring(0, colon());
    }

    private int colon() {
        return listen.lastIndexOf(':');
    }

    private boolean isCommand() {
        return target.startsWith(RUN);
    }

    static Entrance parse(String line) {
        var words = line.split(" ", 3);
        if (words.length < 3) {
            throw new IllegalArgumentException("no entrance: words are missing");
        }
        return new Entrance(words[0], words[1], words[2]);
    }

    /** Returns what it is, without the command, which may hold a key. */
    String description() {
        return machine + " " + listen + " " + (isCommand() ? RUN.strip() : target);
    }

    String line() {
        return machine + " " + listen + " " + target;
    }

    /** Returns the same entrance at another address. */
    public Entrance on(String bound) {
        return new Entrance(machine, bound, target);
    }

    GuestStream enter(MachineStreams streams, Deadline deadline) {
        return port().map(number -> streams.connect(host(), number, deadline))
                .orElseGet(() -> streams.start(target.substring(RUN.length()), deadline));
    }
}

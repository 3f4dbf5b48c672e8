package org.nixlab.machine.condition;

import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.talk.ShellWord;

import static java.util.Objects.requireNonNull;

/** What can be waited for of UNIX sockets, seen in the guest's table of them; nothing connects to them. */
public final class UnixSocketConditions {
    /**
     * Columns of {@code /proc/net/unix}: number, references, protocol, flags, type, state, inode, path. A socket is found by
     * its file, to which other paths may lead; one that begins with {@code @} has none.
     */
    private static final String OPEN = """
            wanted=%s
            while read -r _ _ _ flags type _ _ path; do
                [[ $type =~ ^(%s)$ && ( %s ) && ${path##*/} == "${wanted##*/}" ]] || continue
                if [[ $path == "$wanted" || $path -ef $wanted ]]; then exit 0; fi
            done </proc/net/unix
            if [[ -S $wanted ]]; then echo "it has a file, but nothing listens"; else echo "it is not there"; fi
            exit 1
            """;

    private final GuestLook look;
    private final FileConditions files;

    public UnixSocketConditions(GuestLook look) {
        this.look = requireNonNull(look, "look");
        this.files = new FileConditions(look);
    }

    /**
     * Something listens on a socket.
     *
     * @param path of its file; {@code @name} is one without a file
     * @param datagram whether it takes datagrams, not connections
     */
    public Condition open(String path, boolean datagram) {
        // Only a stream, or packets in order, has a side that accepts connections.
        var command = datagram
                ? OPEN.formatted(ShellWord.quote(path), "0002", "1 == 1")
                : OPEN.formatted(ShellWord.quote(path), "0001|0005", "$flags == *10000");
        return new Condition(
                        "the socket " + path + " on " + look.machine(),
                        () -> {
                            var result = look.run(command);
                            return new Observation(result.succeeded(), LastLine.of(result));
                        },
                        "exec " + look.machine() + " 'ss -xlp' lists what listens")
                .explainedBy(() -> path.startsWith("@") ? "" : files.nearest(path));
    }
}

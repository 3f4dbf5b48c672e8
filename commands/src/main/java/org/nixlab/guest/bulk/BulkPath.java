package org.nixlab.guest.bulk;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.guest.channel.ChannelSource;
import org.nixlab.guest.channel.CommandOutput;
import org.nixlab.guest.channel.Nonce;
import org.nixlab.guest.channel.Port;
import org.nixlab.guest.channel.RunningCommand;

import static java.util.Objects.requireNonNull;

/**
 * A virtserialport for bytes alone, one copy at a time: without perl and pipes in between they go several times as fast.
 * A nonce stands before and after them, because either side may still find there what an earlier client left.
 */
public final class BulkPath implements CopyPath {
    private static final int OPEN_ATTEMPTS = 500;

    private final Port port;
    private final String name;
    private final Deadline deadline;
    private final String nonce = Nonce.next();

    private BulkPath(Port port, String name, Deadline deadline) {
        this.port = requireNonNull(port, "port");
        this.name = requireNonNull(name, "name");
        this.deadline = requireNonNull(deadline, "deadline");
    }

    /**
     * Takes a port that is free, or plugs one in, or waits for one; returns nothing if the machine cannot have any.
     *
     * @param deadline of the whole copy
     */
    public static Optional<BulkPath> take(ChannelSource source, Deadline deadline) {
        if (source.bulkPorts().isEmpty() && !source.plugBulkPort(deadline)) {
            return Optional.empty();
        }
        var taken = new ArrayList<BulkPath>(1);
        var await = new Await(Duration.ofMillis(5), Duration.ofMillis(200), detail -> {});
        await.until(
                new Condition(
                        "a free port of " + source.machine() + " for the copy",
                        () -> {
                            tryTake(source, deadline).ifPresent(taken::add);
                            return new Condition.Observation(!taken.isEmpty(), taken.isEmpty() ? "all are busy" : "");
                        },
                        "other copies into this machine or out of it go on"),
                deadline);
        return Optional.of(taken.get(0));
    }

    private static Optional<BulkPath> tryTake(ChannelSource source, Deadline deadline) {
        for (var socket : source.bulkPorts()) {
            var port = Port.tryOpen(socket, source.machine());
            if (port.isPresent()) {
                return port.map(open -> new BulkPath(open, socket.getFileName().toString(), deadline));
            }
        }
        source.plugBulkPort(deadline);
        return Optional.empty();
    }

    @Override
    public CopyChecksum checksum() {
        return CopyChecksum.XXH32;
    }

    @Override
    public boolean takesInput() {
        return false;
    }

    // The answer comes first: what is sent while the end of an earlier copy is still reading would be lost. The guest
    // may have to hear yet that the host is there; till then it reads an end.
    @Override
    public String receiving() {
        return opening() + "\necho\nx=; until [[ $x == " + nonce
                + " ]]; do LC_ALL=C IFS= read -r x <&7 || sleep .01; done";
    }

    @Override
    public String sending() {
        return opening() + "\nprintf '\\n%s\\n' " + nonce + " >&7";
    }

    @Override
    public String sent() {
        return "printf '\\n%s\\n' " + nonce + " >&7";
    }

    @Override
    public OutputStream output(RunningCommand running, CommandOutput output) {
        // Without an answer the command is about to end, and will say why.
        var answered = output.read() == '\n';
        return new BulkOutput(port.channel(), answered ? marker() : new byte[0]);
    }

    @Override
    public InputStream input(RunningCommand running, CommandOutput output) {
        return new BulkInput(port.channel(), marker(), running, output, deadline);
    }

    @Override
    public void disconnect() {
        port.close();
    }

    private byte[] marker() {
        return ("\n" + nonce + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    // Just plugged in it has no device yet, and for a moment after a copy that was broken off it is still open. The
    // link
    // below /dev/virtio-ports may take half a minute more, while udev is busy with the rest of the boot.
    private String opening() {
        return """
                for ((i = 0; i < %d; i++)); do
                    for f in /sys/class/virtio-ports/*/name; do
                        read -r x <"$f" && [[ $x == %s ]] && f=${f%%/name} && { exec 7<>"/dev/${f##*/}"; } 2>/dev/null && break 2
                    done
                    sleep .02
                done
                [[ -e /proc/self/fd/7 ]] || { echo 'the port %s cannot be opened' >&2; exit 1; }""".formatted(OPEN_ATTEMPTS, name, name);
    }
}

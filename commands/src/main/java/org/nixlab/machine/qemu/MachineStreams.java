package org.nixlab.machine.qemu;

import java.util.function.Function;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.stream.GuestStream;
import org.nixlab.guest.stream.StreamMultiplexer;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;

import static java.util.Objects.requireNonNull;

/**
 * Two-way streams into one machine, running or not, over boots and restarts. It takes its directory and nothing of its
 * declaration. Safe for use by many threads.
 */
public final class MachineStreams implements AutoCloseable {
    private final String machine;
    private final GuestAccess guest;
    private StreamMultiplexer streams; // guarded by this

    MachineStreams(String machine, GuestAccess guest) {
        this.machine = requireNonNull(machine, "machine");
        this.guest = requireNonNull(guest, "guest");
    }

    public static MachineStreams of(String machine, VmDirectory directory) {
        return new MachineStreams(machine, new GuestAccess(machine, directory, new VmProcess(machine, directory)));
    }

    /**
     * Connects to a port, from inside the machine.
     *
     * @param host name or address, as the machine knows it
     * @throws LabException (host) if the machine does not run or nothing listens there
     */
    public GuestStream connect(String host, int port, Deadline deadline) {
        return open(current -> current.connect(host, port, deadline), deadline);
    }

    /**
     * Starts a bash command as root with the stream as its standard input and output; closing the stream hangs up.
     *
     * @throws LabException (host) if the machine does not run
     */
    public GuestStream start(String command, Deadline deadline) {
        return open(current -> current.start(command, deadline), deadline);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (streams != null) {
                streams.close();
            }
        }
        guest.close();
    }

    private GuestStream open(Function<StreamMultiplexer, GuestStream> action, Deadline deadline) {
        return guest.talk(shell -> {
            StreamMultiplexer current;
            synchronized (this) {
                if (streams == null || streams.hasEnded()) {
                    streams = StreamMultiplexer.open(shell, machine, deadline);
                }
                current = streams;
            }
            return action.apply(current);
        });
    }
}

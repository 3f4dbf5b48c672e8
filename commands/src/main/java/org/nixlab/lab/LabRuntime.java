package org.nixlab.lab;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.entrance.LabEntrances;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.state.Undeclared;

import static java.util.Objects.requireNonNull;

/**
 * What is there of a lab while any of its machines runs: the directory of sockets, switches, and the relay. Safe for use by
 * many threads: none starts a machine while another ends what machines need.
 */
final class LabRuntime {
    private final LabDirectory directory;
    private final Switches switches;
    private final LabEntrances entrances;
    private final Undeclared undeclared;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean isOver; // guarded by use

    LabRuntime(LabDirectory directory, Switches switches, LabEntrances entrances, Undeclared undeclared) {
        this.directory = requireNonNull(directory, "directory");
        this.switches = requireNonNull(switches, "switches");
        this.entrances = requireNonNull(entrances, "entrances");
        this.undeclared = requireNonNull(undeclared, "undeclared");
    }

    /**
     * Makes what is not there yet, and starts something that needs it.
     *
     * @param user is given the control socket of each VLAN's switch, and starts what uses it without waiting for more
     */
    void start(Collection<Integer> vlans, Consumer<Map<Integer, Path>> user, Deadline deadline) {
        whileThere(() -> {
            user.accept(sockets(vlans, deadline));
            return directory;
        });
    }

    private synchronized Map<Integer, Path> sockets(Collection<Integer> vlans, Deadline deadline) {
        directory.makeRuntime();
        return switches.start(vlans, deadline);
    }

    /**
     * Does something that needs the lab's directories.
     *
     * @throws LabException (host) if the lab was discarded
     */
    <T> T whileThere(Supplier<T> work) {
        return holding(use.readLock(), () -> {
            if (isOver) {
                throw LabException.host("the lab " + directory.name() + " was discarded", "", "");
            }
            return work.get();
        });
    }

    /** Ends it all if no machine runs any more. */
    void tidy() {
        holding(use.writeLock(), () -> {
            if (undeclared.noneRuns()) {
                switches.stop();
                entrances.close();
                directory.deleteRuntime();
            }
            return directory;
        });
    }

    /** Pulls the plug on all that runs, and starts nothing any more. */
    void end(Deadline deadline) {
        holding(use.writeLock(), () -> {
            isOver = true;
            LabEnd.now(directory, deadline);
            return directory;
        });
    }

    private static <T> T holding(Lock lock, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}

package org.nixlab.machine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

import org.nixlab.process.Daemon;

/**
 * What is written down of a machine's running QEMU: its process, the run's directory of sockets and the disk. It stands in
 * two places, since either may be removed under a machine that runs: the state by {@code git clean}, old files in
 * {@code /tmp} by the host.
 */
record VmRecord(VmDirectory directory) {
    void save(Daemon process) {
        process.save(VmDirectory.processIn(directory.runtime()));
        process.save(
                directory.process(),
                directory.runtime().toString(),
                directory.disk().toString());
    }

    /** Returns the process, which need not run any more; empty if the machine was not started. */
    Optional<Daemon> process() {
        var noted = isOwn() ? Daemon.load(directory.process()) : Optional.<Daemon>empty();
        return noted.or(() -> Daemon.load(VmDirectory.processIn(directory.runtime())));
    }

    /** Returns whether it stands in the machine's state. */
    boolean isThere() {
        return Files.exists(directory.process());
    }

    /** Returns the path of the disk when the machine was started; the lab may have been moved since. */
    String diskAtStart() {
        var lines = lines();
        return lines.size() > 2 ? lines.get(2) : directory.disk().toString();
    }

    /** In a copy of a lab it is of a machine of the original. */
    private boolean isOwn() {
        var lines = lines();
        return lines.size() < 2 || lines.get(1).equals(directory.runtime().toString());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(directory.process());
        } catch (IOException e) {
            return List.of();
        }
    }
}

package org.nixlab.machine.host;

import java.time.Duration;
import java.util.Map;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.qmp.QmpClient;

import static java.util.Objects.requireNonNull;

/**
 * The host's disk that a machine's own is on. Where that cannot store what the guest writes, QEMU pauses the machine, so
 * that the guest loses nothing, and says so only to its monitor (QEMU's {@code werror=enospc}; the run state
 * {@code io-error} of its QMP reference).
 */
public final class HostDisk {
    /** What a guest that goes on writes at once. */
    private static final long ROOM = 1 << 20;

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final String machine;
    private final VmDirectory directory;

    public HostDisk(String machine, VmDirectory directory) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
    }

    /** Returns whether there is room enough for a machine that was paused to go on. */
    public boolean hasRoom() {
        return directory.state().toFile().getUsableSpace() >= ROOM;
    }

    /**
     * Lets a machine that is paused go on; without room it is paused again at once. Returns whether QEMU was told.
     */
    public boolean goOn() {
        var limit = Deadline.in(LIMIT);
        try (var qmp = QmpClient.connect(directory.qmp(), machine, event -> {}, limit)) {
            qmp.execute("cont", Map.of(), limit);
            return true;
        } catch (LabException e) {
            return false;
        }
    }
}

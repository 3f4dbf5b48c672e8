package org.nixlab.machine;

import java.time.Duration;
import java.util.Map;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.qmp.QmpClient;

import static java.util.Objects.requireNonNull;

/**
 * What becomes of a machine whose disk the host cannot store: QEMU pauses it, so that the guest loses nothing, and says
 * so only to its monitor (QEMU's {@code werror=enospc}; the run state {@code io-error} of its QMP reference).
 */
final class HostDisk {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final String machine;
    private final VmDirectory directory;

    HostDisk(String machine, VmDirectory directory) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
    }

    /** Returns whether the machine is paused because of it; false where the monitor cannot be asked. */
    boolean holdsUp() {
        try (var qmp = connect()) {
            return isHeldUp(qmp);
        } catch (LabException e) {
            return false;
        }
    }

    /** Lets a machine that is paused because of it go on; without room it is paused again at once. */
    boolean goOn() {
        try (var qmp = connect()) {
            boolean paused = isHeldUp(qmp);
            if (paused) {
                qmp.execute("cont", Map.of(), Deadline.in(LOOK));
            }
            return paused;
        } catch (LabException e) {
            return false;
        }
    }

    LabException failure() {
        return LabException.host(
                machine + ": paused, since the host's disk is full",
                directory.state().toString(),
                "free some space; `status " + machine + "` lets it go on");
    }

    private static boolean isHeldUp(QmpClient qmp) {
        var status = qmp.execute("query-status", Map.of(), Deadline.in(LOOK));
        return status.path("status").asText().equals("io-error");
    }

    private QmpClient connect() {
        return QmpClient.connect(directory.qmp(), machine, event -> {}, Deadline.in(LOOK));
    }
}

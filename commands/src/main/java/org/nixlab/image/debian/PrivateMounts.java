package org.nixlab.image.debian;

import java.time.Duration;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

/**
 * A mount namespace of a program's own (unshare(1), mount_namespaces(7)): what it has mounted is gone with its last
 * process, however that ends. A builder that is killed as root would otherwise leave {@code /proc} and {@code /sys} in
 * a directory that nobody can delete any more.
 */
final class PrivateMounts {
    private static final List<String> UNSHARE = List.of("unshare", "--mount", "--propagation", "private");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private PrivateMounts() {}

    /** Returns the command in a namespace of its own; as it is where the host allows none, as in many containers. */
    static HostCommand around(HostCommand command) {
        var probe = HostTools.inSystemPath(HostCommand.of("true").under(UNSHARE));
        try {
            return HostProcess.run(probe, Deadline.in(LIMIT)).succeeded() ? command.under(UNSHARE) : command;
        } catch (LabException e) {
            return command;
        }
    }
}

package org.nixlab.machine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a machine at one moment.
 *
 * @param name its name
 * @param phase how far it has come
 * @param system its architecture in Nix's words
 * @param address its first VLAN address, or empty
 * @param uptime how long QEMU has run, empty if it does not
 * @param memoryMiB memory QEMU holds, in MiB, 0 if it does not run
 * @param failedUnits names of systemd units that failed
 * @param detail one line more, for example why it failed, or empty
 */
public record MachineStatus(
        String name,
        Phase phase,
        String system,
        String address,
        Optional<Duration> uptime,
        long memoryMiB,
        List<String> failedUnits,
        String detail) {
    public MachineStatus {
        failedUnits = List.copyOf(failedUnits);
    }

    /** Returns the same with a word more on it, in front of what there is. */
    public MachineStatus withDetail(String more) {
        var both = detail.isEmpty() ? more : more + "; " + detail;
        return new MachineStatus(name, phase, system, address, uptime, memoryMiB, failedUnits, both);
    }
}

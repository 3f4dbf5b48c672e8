package org.nixlab.command.display;

import org.nixlab.base.TimeText;
import org.nixlab.machine.MachineStatus;

/** The columns in which states of machines are shown. */
public final class StatusListing {
    private StatusListing() {}

    public static Listing<MachineStatus> columns() {
        return new Listing<MachineStatus>()
                .column("MACHINE", "name", MachineStatus::name)
                .column("STATE", "state", status -> status.phase().word())
                .column("SYSTEM", "system", MachineStatus::system)
                .column("ADDRESS", "address", MachineStatus::address)
                .column(
                        "UPTIME",
                        "uptimeSeconds",
                        status -> status.uptime()
                                .map(time -> time.toMillis() / 1000.0)
                                .orElse(null),
                        status -> status.uptime().map(TimeText::format).orElse("-"))
                .column(
                        "MEMORY",
                        "memoryMiB",
                        MachineStatus::memoryMiB,
                        status -> status.memoryMiB() == 0 ? "-" : status.memoryMiB() + " MiB")
                .column(
                        "FAILED UNITS",
                        "failedUnits",
                        MachineStatus::failedUnits,
                        status -> status.failedUnits().isEmpty() ? "-" : String.join(" ", status.failedUnits()))
                .remark("NOTE", "detail", MachineStatus::detail);
    }
}

package org.nixlab.qmp;

import java.time.Instant;
import java.util.Map;

/** Something QEMU reports by itself. Those nixlab acts on have a type of their own. */
public sealed interface QmpEvent {
    /**
     * The machine is about to stop or has been told to.
     *
     * @param guest whether the guest itself wanted it
     * @param reason QEMU's word for it, such as {@code guest-shutdown} or {@code host-qmp-quit}
     */
    record Shutdown(boolean guest, String reason) implements QmpEvent {}

    /** The machine restarts. */
    record Reset(boolean guest, String reason) implements QmpEvent {}

    /** The guest was sent the press of its power button. */
    record Powerdown() implements QmpEvent {}

    /**
     * The guest's kernel panicked.
     *
     * @param action what QEMU does about it: {@code pause}, {@code poweroff} or {@code run}
     */
    record GuestPanicked(String action) implements QmpEvent {}

    /** The machine stands still. */
    record Stop() implements QmpEvent {}

    /** The machine goes on. */
    record Resume() implements QmpEvent {}

    /** A disk could not be read or written; {@code noSpace} says that there was no room for it. */
    record BlockError(boolean noSpace) implements QmpEvent {}

    /** A device that was unplugged is gone; {@code device} is empty for one without an id. */
    record DeviceDeleted(String device) implements QmpEvent {}

    /**
     * The guest has opened or closed its end of a serial port.
     *
     * @param device QEMU's id of the port
     * @param when by the host's clock; QEMU reports at most one change a second, late rather than never
     */
    record GuestPort(String device, boolean open, Instant when) implements QmpEvent {}

    /** A migration, and so a save or a restore, has got as far as {@code status}. */
    record Migration(String status) implements QmpEvent {}

    /**
     * Any other event.
     *
     * @param name QEMU's name of it
     * @param data as QEMU sent it
     */
    record Other(String name, Map<String, Object> data) implements QmpEvent {
        public Other {
            data = Map.copyOf(data);
        }
    }
}

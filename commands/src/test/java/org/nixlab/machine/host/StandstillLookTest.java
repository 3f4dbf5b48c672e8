package org.nixlab.machine.host;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.nixlab.machine.host.Standstill.Cause;
import org.nixlab.qmp.QmpEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** What QEMU reported tells whether the machine stands still now. */
final class StandstillLookTest {
    private static final QmpEvent STOP = new QmpEvent.Stop();
    private static final QmpEvent RESUME = new QmpEvent.Resume();
    private static final QmpEvent NO_SPACE = new QmpEvent.BlockError(true);

    @Test
    void aPauseIsSomebodysWish() {
        assertThat(StandstillLook.reported(List.of(RESUME, STOP))).contains(Cause.PAUSED);
        assertThat(StandstillLook.reported(List.of(STOP, RESUME))).isEmpty();
        assertThat(StandstillLook.reported(List.of())).isEmpty();
    }

    @Test
    void aPauseAfterAWriteWithoutRoomIsTheDisks() {
        assertThat(StandstillLook.reported(List.of(NO_SPACE, STOP))).contains(Cause.DISK);
        assertThat(StandstillLook.reported(List.of(NO_SPACE, STOP, RESUME))).isEmpty();
        assertThat(StandstillLook.reported(List.of(NO_SPACE, STOP, RESUME, NO_SPACE, STOP)))
                .contains(Cause.DISK);
        assertThat(StandstillLook.reported(List.of(NO_SPACE, STOP, RESUME, STOP)))
                .contains(Cause.PAUSED);
        assertThat(StandstillLook.reported(List.of(new QmpEvent.BlockError(false), STOP)))
                .contains(Cause.PAUSED);
    }

    @Test
    void aQemuThatEndsIsNotPaused() {
        assertThat(StandstillLook.reported(List.of(new QmpEvent.Shutdown(true, "guest-shutdown"), STOP)))
                .isEmpty();
        assertThat(StandstillLook.reported(
                        List.of(new QmpEvent.GuestPanicked("pause"), new QmpEvent.Other("X", Map.of()), STOP)))
                .isEmpty();
    }
}

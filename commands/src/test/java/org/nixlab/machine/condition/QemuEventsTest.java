package org.nixlab.machine.condition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.machine.Phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QemuEventsTest {
    private static final Deadline PASSED = Deadline.in(Duration.ZERO);

    @TempDir
    Path directory;

    @Test
    void eachEventIsGivenOnce() throws IOException {
        var vm = new Guest(directory).vm;
        Files.writeString(directory.resolve("console.events"), """
                {"QMP": {"version": {}}}
                {"return": {}, "id": 1}
                {"event": "RESET", "data": {"guest": true}, "timestamp": {"seconds": 1}}
                {"event": "POWERDOWN"}
                not whole
                {"event": "RESET", "data": {"guest": false}}
                """);

        assertThat(new QemuEvents(vm, Optional.of("reset"), Map.of()).next(PASSED))
                .containsEntry("data", Map.of("guest", true));
        assertThat(new QemuEvents(vm, Optional.of("RESET"), Map.of("guest", false)).next(PASSED))
                .containsEntry("event", "RESET");
        assertThatThrownBy(() -> new QemuEvents(vm, Optional.of("RESET"), Map.of()).next(PASSED))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for the event RESET of QEMU on m");
    }

    @Test
    void aMachineThatEndsEndsTheWait() {
        var vm = new Guest(directory).vm;
        vm.enter(Phase.STOPPED);

        assertThatThrownBy(
                        () -> new QemuEvents(vm, Optional.empty(), Map.of()).next(Deadline.in(Duration.ofMinutes(1))))
                .isInstanceOf(LabException.class)
                .hasMessage("m is not running");
    }

    @Test
    void aShutdownIsAwaited() {
        var guest = new Guest(directory).console("one\nodd line\n");
        assertThatThrownBy(() -> Shutdown.await(guest.vm, PASSED))
                .isInstanceOf(DeadlineException.class)
                .hasMessage(
                        "timed out waiting for m to shut down: it is ready\n  its console says\n    one\n    odd line");

        guest.vm.enter(Phase.STOPPED);
        Shutdown.await(guest.vm, PASSED);
    }

    @Test
    void aPanicIsSeen() {
        var guest = new Guest(directory).console("Kernel panic - not syncing: before\n");
        var look = new PanicLook(guest.vm);
        look.requireSound();

        guest.console("Kernel panic - not syncing: before\n\nKernel panic - not syncing: now\nCPU: 0\n");

        assertThatThrownBy(look::requireSound)
                .hasMessage(
                        "m: the guest's kernel panicked; its console says\n  Kernel panic - not syncing: now\n  CPU: 0");
    }
}

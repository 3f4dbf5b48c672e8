package org.nixlab.image.debian;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class EmulationTest {
    private static final HostCommand TEST = HostCommand.of("arch-test", "i386");

    private final HostTools tools = new HostTools(System.getenv("PATH"));

    @Test
    void theHostsOwnProgramsAreNeverEmulated() {
        assertThat(Emulation.neededFor(GuestArchitecture.X86_64, tools)).isEmpty();
    }

    /** On any host: it runs 32-bit programs itself, or an emulator does and the host does so no more than before. */
    @Test
    void programsThatTheHostDoesNotRunAreEmulatedForTheBuildOnly() {
        boolean emulated = Emulation.neededFor(GuestArchitecture.I686, tools).isPresent();

        var result = HostProcess.run(TEST, Deadline.in(Duration.ofMinutes(1)));

        assertThat(result.succeeded()).isEqualTo(!emulated);
    }

    @Test
    void whatTellsTheHostsAbilitiesIsAskedFor() {
        assertThatThrownBy(() -> Emulation.neededFor(GuestArchitecture.I686, new HostTools("/nowhere")))
                .isInstanceOf(LabException.class)
                .hasMessage("missing on this host: arch-test");
    }
}

package org.nixlab.image;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.nixlab.base.Deadline;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

final class EmulationTest {
    private final HostTools tools = new HostTools(System.getenv("PATH"));
    private final Emulation emulation = new Emulation(tools);

    @Test
    void theHostsOwnProgramsAreNeverEmulated() {
        assertThat(emulation.isNeeded(GuestArchitecture.X86_64)).isFalse();
    }

    /** Where the kernel runs no 32-bit programs: elsewhere there is no emulator, and nothing to see. */
    @Test
    void programsTheKernelDoesNotRunAreEmulatedForTheCommandOnly() {
        assumeTrue(emulation.isNeeded(GuestArchitecture.I686), "the kernel runs 32-bit programs");

        var test = HostCommand.of("sh", "-c", "arch-test i386 && id -u && cat /proc/self/gid_map");
        var result = run(emulation.around(test, GuestArchitecture.I686));

        assertThat(result.lines()).startsWith("i386: ok", "0").hasSizeGreaterThanOrEqualTo(3);
        assertThat(emulation.isNeeded(GuestArchitecture.I686)).isTrue();
    }

    private static String run(HostCommand command) {
        var result = HostProcess.run(command, Deadline.in(Duration.ofMinutes(1)));
        assertThat(result.succeeded()).as(result.err()).isTrue();
        return result.out();
    }
}

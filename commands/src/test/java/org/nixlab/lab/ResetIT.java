package org.nixlab.lab;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A guest that boots again ends what ran in it, with the reason, and is talked to again without being asked. */
@Timeout(1200)
class ResetIT {
    @TempDir
    static Path directory;

    private static TestLab lab;

    @BeforeAll
    static void boot() {
        lab = new TestLab(directory, "{ m = { }; }");
        lab.run();
    }

    @AfterAll
    static void pullThePlug() {
        lab.close();
    }

    @Test
    void aRebootEndsTheCommandAndTheNextOneWaitsForTheGuest() {
        var before = bootId();

        assertLost("systemctl reboot; sleep 1234", "m: the guest was reset during `systemctl reboot; sleep 1234`");

        assertThat(bootId()).isNotEqualTo(before);
        lab.run();
        assertThat(lab.succeed("m", "systemctl is-system-running")).isEqualTo("running\n");
    }

    @Test
    void aResetWithoutAWarningIsNoticed() {
        var before = bootId();

        assertLost("echo b > /proc/sysrq-trigger; sleep 1234", "m: the guest was reset during `echo b");

        assertThat(bootId()).isNotEqualTo(before);
    }

    @Test
    void aGuestThatWasResetWhileNobodyLookedIsTalkedTo() {
        var before = bootId();

        lab.lab().machine("m").monitor().qmp("system_reset", TestLab.minutes(1));

        assertThat(bootId()).isNotEqualTo(before);
    }

    private static void assertLost(String command, String message) {
        var machine = lab.lab().machine("m");
        assertThatThrownBy(() -> machine.execute(ExecRequest.of(command), TestLab.minutes(2)))
                .isInstanceOf(LabException.class)
                .isNotInstanceOf(DeadlineException.class)
                .hasMessageStartingWith(message)
                // Said once is enough.
                .hasNoSuppressedExceptions();
    }

    private static String bootId() {
        return lab.succeed("m", "cat /proc/sys/kernel/random/boot_id");
    }
}

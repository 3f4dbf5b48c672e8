package org.nixlab.machine.condition;

import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Condition;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnitConditionsTest {
    private static final String SHOW = "systemctl show -p LoadState,ActiveState,SubState,Job,Result,StatusText,"
            + "ConditionResult,ConditionTimestampMonotonic,ExecMainExitTimestampMonotonic -- web.service";
    private static final String JOBS = "systemctl list-jobs --no-legend";
    private static final String JOURNAL = "journalctl -o cat -n 5 --no-pager -u web.service";
    private static final String STARTING = "LoadState=loaded\nActiveState=activating\nSubState=start\nJob=12\n";
    private static final String INACTIVE = "LoadState=loaded\nActiveState=inactive\nSubState=dead\nJob=\n";

    private Guest guest;

    @BeforeEach
    void makeGuest(@TempDir Path directory) {
        guest = new Guest(directory);
    }

    @Test
    void anActiveUnitIsMet() {
        guest.prints(SHOW, "LoadState=loaded\nActiveState=active\nSubState=running\n");

        assertThat(guest.look(UnitConditionsTest::web).met()).isTrue();
    }

    @Test
    void aStartingUnitIsWaitedFor() {
        guest.prints(SHOW, STARTING + "StatusText=loading\n");

        var seen = guest.look(UnitConditionsTest::web);

        assertThat(seen.met()).isFalse();
        assertThat(seen.detail()).isEqualTo("activating (start), loading");
    }

    @Test
    void aFailedUnitEndsTheWaitWithItsJournal() {
        guest.prints(SHOW, "LoadState=loaded\nActiveState=failed\nResult=exit-code\n");
        guest.prints(JOURNAL, "no such port\n");

        assertThatThrownBy(() -> guest.wait(UnitConditionsTest::web))
                .isInstanceOf(LabException.class)
                .hasMessage("m: unit web.service failed (exit-code); its journal ends with\n  no such port")
                .extracting("exitCode")
                .isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void theConsoleIsShownIfItSaysAnything() {
        guest.prints(SHOW, "LoadState=loaded\nActiveState=failed\nResult=oom-kill\n")
                .prints(JOURNAL, "");
        guest.console("\r\n[\033[0;32m  OK  \033[0m] Started \033[0;1;39mweb.service\033[0m - Web.\r\r\n"
                + "[   12.1] Out of memory: Killed process 12 (web)\r\nm login: ");

        assertThatThrownBy(() -> guest.wait(UnitConditionsTest::web))
                .hasMessage("m: unit web.service failed (oom-kill)\n  its console says\n"
                        + "    [   12.1] Out of memory: Killed process 12 (web)");
    }

    @Test
    void aUnitThatDoesNotExistEndsTheWait() {
        guest.prints(SHOW, "LoadState=not-found\nActiveState=inactive\n");

        assertThatThrownBy(() -> guest.look(UnitConditionsTest::web)).hasMessage("m: unit web.service does not exist");
    }

    @Test
    void anInactiveUnitIsHopelessWhenNoJobIsLeft() {
        guest.prints(SHOW, INACTIVE);
        guest.prints("systemctl show -p NJobs", "NJobs=3\n").prints("systemctl show -p NJobs", "NJobs=0\n");
        guest.prints("systemctl show -p ActiveState -- web.service", "ActiveState=activating\n")
                .prints("systemctl show -p ActiveState -- web.service", "ActiveState=inactive\n");
        assertThat(guest.look(UnitConditionsTest::web).met()).isFalse();
        assertThat(guest.look(UnitConditionsTest::web).met())
                .as("its job just ended")
                .isFalse();

        assertThatThrownBy(() -> guest.look(UnitConditionsTest::web))
                .hasMessage("m: unit web.service is inactive, and nothing is about to start it");
    }

    @Test
    void whatBecameOfAnInactiveUnitIsTold() {
        guest.prints("systemctl show -p NJobs", "NJobs=0\n")
                .prints("systemctl show -p ActiveState -- web.service", "ActiveState=inactive\n");
        guest.prints(SHOW, INACTIVE + "ConditionResult=no\nConditionTimestampMonotonic=12\n")
                .prints(SHOW, INACTIVE + "Result=success\nExecMainExitTimestampMonotonic=12\nConditionResult=yes\n");

        assertThatThrownBy(() -> guest.look(UnitConditionsTest::web))
                .hasMessage("m: unit web.service is inactive, for a condition of it does not hold, and nothing is about"
                        + " to start it");
        assertThatThrownBy(() -> guest.look(UnitConditionsTest::web))
                .hasMessage(
                        "m: unit web.service is inactive (it ran and ended: success), and nothing is about to start it");
    }

    @Test
    void aWaitThatIsOverSaysWhatTheUnitWaitsFor() {
        guest.prints(SHOW, STARTING);
        guest.prints(JOBS, "12 web.service start waiting\n7 db.service start running\n8 slow.service start running\n");
        guest.prints("systemctl show -p After -- web.service", "After=basic.target db.service\n");
        guest.prints(JOURNAL, "one\ntwo\n");

        assertThatThrownBy(() -> guest.wait(UnitConditionsTest::web))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for unit web on m: activating (start)\n"
                        + "  it waits for db.service (start running)\n"
                        + "  its journal ends with\n    one\n    two");
    }

    @Test
    void unitsOfUsersAreAskedOfTheirSystemd() {
        guest.answers(
                "XDG_RUNTIME_DIR=/run/user/$(id -u) systemctl --user " + SHOW.substring("systemctl ".length()),
                1,
                "",
                "Failed to connect to bus\n");

        var seen = guest.look(look -> new UnitConditions(look, Optional.of("alice")).active("web"));

        assertThat(seen.detail()).isEqualTo("alice's systemd does not answer: Failed to connect to bus");
        assertThat(guest.vm.requests.get(0).user()).contains("alice");
    }

    @Test
    void namesAreQuoted() {
        assertThat(UnitName.words("httpd")).isEqualTo("-- httpd.service");
        assertThat(UnitName.words("a@b.c")).isEqualTo("-- a@b.c.service");
        assertThat(UnitName.words("multi-user.target")).isEqualTo("-- multi-user.target");
        assertThat(UnitName.words("dev-disk-by\\x2dlabel-x.device")).isEqualTo("-- 'dev-disk-by\\x2dlabel-x.device'");
        assertThat(UnitName.words("-.mount")).isEqualTo("-- -.mount");
        assertThat(UnitName.words("/dev/vdb")).isEqualTo("-- /dev/vdb");
        assertThat(UnitName.words("it's $(reboot)")).isEqualTo("-- 'it'\\''s $(reboot).service'");
    }

    private static Condition web(GuestLook look) {
        return new UnitConditions(look, Optional.empty()).active("web");
    }
}

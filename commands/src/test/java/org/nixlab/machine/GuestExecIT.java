package org.nixlab.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.guest.ExecContract;
import org.nixlab.guest.GuestShell;
import org.nixlab.lab.TestLab;
import org.nixlab.machine.host.VmProcess;
import org.nixlab.machine.qemu.QemuChannels;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The contract of channels, held by a real Debian guest under QEMU. */
@Timeout(1200)
class GuestExecIT extends ExecContract {
    @TempDir
    static Path directory;

    private static TestLab lab;

    private GuestShell shell;

    @BeforeAll
    static void boot() {
        lab = new TestLab(directory, "{ m.users.users.alice.isNormalUser = true; }");
        lab.run();
        // What a guest puts off until it is ready keeps it busy for a while, and the contract speaks of moments.
        lab.succeed("m", "until systemctl is-active -q nixlab-late.target; do sleep 0.5; done; udevadm settle");
        // The lab's own channels would hold slots that the contract counts on.
        lab.letGo();
    }

    @AfterAll
    static void pullThePlug() {
        lab.close();
    }

    @BeforeEach
    void connect() {
        var place = lab.directory("m");
        shell = new GuestShell(new QemuChannels("m", place, new VmProcess("m", place)));
    }

    @AfterEach
    void disconnect() {
        shell.close();
    }

    @Override
    protected GuestShell shell() {
        return shell;
    }

    @Override
    protected String journal() {
        return run("journalctl -b -u 'nixlab-slot@*' --no-pager").getOut();
    }

    /** Becoming another user takes root, so only a real guest can show it. */
    @Test
    void everyAccountHasItsLoginEnvironment() {
        assertThat(as("alice", "id -un; echo $HOME $X; pwd; echo it\\'s; echo $SHELL"))
                .isEqualTo("alice\n/home/alice 1\n/home/alice\nit's\n/bin/bash\n");
        // The accounts of services have no shell, and not always a home.
        assertThat(as("daemon", "id -un; echo $HOME; pwd")).isEqualTo("daemon\n/usr/sbin\n/usr/sbin\n");
        assertThat(as("nobody", "id -un; echo $HOME; pwd")).isEqualTo("nobody\n/nonexistent\n/\n");
        assertThat(as("nobody", "head -c 300000 /dev/zero | wc -c; : " + "x".repeat(200_000)))
                .isEqualTo("300000\n");
        assertThat(as("nobodyelse", "id")).isEqualTo("there is no user nobodyelse\n");
    }

    /** Neither is told by the socket, as the port stays. */
    @Test
    void aSlotThatIsKilledOrStoppedFailsItsCommandAndNoOther() {
        // Any slot may have been given, also one that was plugged in and has no unit of its own.
        for (var end : List.of(
                "kill -9 $PPID",
                "sed 's|.*/||' /proc/self/cgroup >/run/stopped; systemctl stop $(</run/stopped); kill $PPID")) {
            var deadline = Deadline.in(Duration.ofMinutes(2));
            assertThatThrownBy(() -> shell().run(ExecRequest.of(end + "; sleep 1000"), deadline))
                    .hasMessageStartingWith("nixlab's program in the machine was ended during `");
            assertThat(run("echo next").getOut()).isEqualTo("next\n");
        }
        run("systemctl start $(</run/stopped); pkill -f '^sleep 1000'");
    }

    private String as(String user, String command) {
        var request = ExecRequest.of(command).asUser(user).with("X", "1");
        var result = shell().run(request, Deadline.in(Duration.ofMinutes(1)));
        return result.getOut() + result.getErr();
    }
}

package org.nixlab.machine;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.guest.ExecContract;
import org.nixlab.guest.GuestShell;
import org.nixlab.lab.TestLab;

/** The contract of channels, held by a real Debian guest under QEMU. */
@Timeout(1200)
class GuestExecIT extends ExecContract {
    @TempDir
    static Path directory;

    private static TestLab lab;

    private GuestShell shell;

    @BeforeAll
    static void boot() {
        lab = new TestLab(directory, "{ m = { }; }");
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
        return run("journalctl -b -u 'nixlab-slot@*' --no-pager").out().text();
    }
}

package org.nixlab.machine;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.guest.GuestShell;
import org.nixlab.guest.copy.CopyContract;
import org.nixlab.lab.TestLab;
import org.nixlab.machine.host.VmProcess;
import org.nixlab.machine.qemu.QemuChannels;

/** The contract of copies, held by a real Debian guest and its ports for bulk data. */
@Timeout(600)
class GuestCopyIT extends CopyContract {
    @TempDir
    static Path directory;

    private static TestLab lab;

    private GuestShell shell;

    @BeforeAll
    static void boot() {
        lab = new TestLab(directory, "{ m.virtualisation.memorySize = 2048; }");
        lab.run();
        lab.letGo();
    }

    @AfterAll
    static void pullThePlug() {
        lab.close();
    }

    @Override
    protected GuestShell shell() {
        if (shell == null) {
            var place = lab.directory("m");
            shell = new GuestShell(new QemuChannels("m", place, new VmProcess("m", place)));
        }
        return shell;
    }

    @AfterEach
    void disconnect() {
        shell.close();
    }
}

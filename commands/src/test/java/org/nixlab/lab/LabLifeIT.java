package org.nixlab.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.LabException;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Phase;
import org.nixlab.model.Selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(1200)
class LabLifeIT {
    @TempDir
    Path directory;

    @Test
    void theSeedNetworkLivesAndLeavesNothing() throws Exception {
        var seed = Files.readString(Path.of("../scripts-examples/seed/network.nix"));
        try (var lab = new TestLab(directory, seed)) {
            lab.lab().run(Selector.ALL, new Lab.RunRequest(true, true), Progress.NONE, TestLab.minutes(20));

            assertThat(lab.succeed("test1", "uname -m")).isEqualTo("i686\n");
            assertThat(lab.succeed("test2", "uname -m")).isEqualTo("x86_64\n");
            assertThat(lab.succeed("test1", "ping -c1 test2.example.net")).contains("1 received");
            assertThat(lab.succeed("test2", "lynx -dump http://localhost/")).contains("It works!");
            assertThat(lab.execute("test2", "systemctl is-active httpd").exitCode())
                    .isZero();
            assertThat(lab.execute("test1", "nc -z -w 5 test2 22").exitCode()).isZero();
            assertThat(lab.execute("test1", "nc -z -w 2 test2 80").exitCode()).isNotZero();

            assertThat(lab.lab().status(Selector.ALL, TestLab.minutes(1)))
                    .extracting(MachineStatus::phase)
                    .containsOnly(Phase.READY);
            assertThat(directory.resolve("result/bin/run-test1-vm")).isExecutable();
            assertThat(directory.resolve("test1.socket")).exists();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("test1.socket"))))
                    .isEqualTo("rw-------");
            assertThatOnlyOneShellMayChangeIt(lab);

            lab.write(seed.replace("pkgs.lynx ]", "pkgs.lynx ]; environment.etc.new.text = \"new\""));
            lab.run();
            assertThat(lab.lab().isStale()).isTrue();
            assertThat(lab.lab().status(Selector.ALL, TestLab.minutes(1)))
                    .extracting(MachineStatus::detail)
                    .containsExactly("", "runs an older configuration");
            lab.lab()
                    .restart(new Selector("test2"), new Lab.RunRequest(true, true), Progress.NONE, TestLab.minutes(10));
            assertThat(lab.succeed("test2", "cat /etc/new")).isEqualTo("new");
            assertThat(lab.lab().isStale()).isFalse();

            // The shell goes and comes back; the machines stay.
            lab.reopen();
            assertThat(lab.succeed("test1", "echo back")).isEqualTo("back\n");

            lab.stop();
            assertThat(lab.lab().status(Selector.ALL, TestLab.minutes(1)))
                    .extracting(MachineStatus::phase)
                    .containsOnly(Phase.STOPPED);
            assertThat(directory.resolve("test1.socket")).doesNotExist();
            assertThat(new LabDirectory(directory, "network").runtime()).doesNotExist();
        }
    }

    private static void assertThatOnlyOneShellMayChangeIt(TestLab lab) {
        try (var other = lab.load()) {
            assertThat(other.ownership().owner()).isFalse();
            assertThatThrownBy(() -> other.stop(Selector.ALL, Progress.NONE, TestLab.minutes(1)))
                    .isInstanceOf(LabException.class)
                    .hasMessageStartingWith("the lab network belongs to another shell (pid ");
        }
    }
}

package org.nixlab.lab;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a user wrote to a machine's disk survives whatever is changed in the network file. */
@Timeout(1200)
class LabDiskIT {
    @TempDir
    Path directory;

    @Test
    void filesAndAccountsSurviveAnotherConfigurationAndAnotherPackageSet() {
        try (var lab = new TestLab(
                directory,
                network("environment.etc.motto.text = \"first\";"
                        + " virtualisation = { diskSize = 300; emptyDiskImages = [ 32 ]; };"))) {
            lab.run();
            assertThat(mebibytes(lab, "df --output=size -B1 /")).isBetween(200L, 300L);
            lab.succeed("m", "echo kept > /root/note; mkdir -p /srv/data; echo kept > /srv/data/note");
            lab.succeed("m", "useradd -m guest; su guest -c 'echo kept > /home/guest/note'; echo mine > /etc/mine");
            lab.succeed("m", "echo changed > /etc/motto");
            var identity = lab.succeed("m", "cat /etc/machine-id");
            lab.stop();

            lab.write(network("environment.etc.motto.text = \"second\"; environment.systemPackages = [ pkgs.tree ];"
                    + " virtualisation = { diskSize = 900; emptyDiskImages = [ 64 ]; };"
                    + " users.users.alice.isNormalUser = true;"));
            lab.run();

            assertThat(lab.succeed("m", "cat /root/note /srv/data/note /home/guest/note /etc/mine"))
                    .isEqualTo("kept\nkept\nkept\nmine\n");
            assertThat(lab.succeed("m", "cat /etc/motto")).isEqualTo("second");
            assertThat(lab.succeed("m", "id -u guest; id -u alice; stat -c %U:%G /home/guest/note /home/alice"))
                    .isEqualTo("1001\n1000\nguest:guest\nalice:users\n");
            assertThat(lab.succeed("m", "cat /etc/machine-id")).isEqualTo(identity);
            assertThat(lab.succeed("m", "tree --version")).startsWith("tree ");
            assertThat(lab.succeed("m", "dpkg-query -W -f '${Status}' tree")).isEqualTo("install ok installed");
            assertThat(mebibytes(lab, "df --output=size -B1 /")).isBetween(700L, 900L);
            assertThat(mebibytes(lab, "blockdev --getsize64 /dev/vdb")).isEqualTo(64);

            lab.write(network("virtualisation = { diskSize = 400; emptyDiskImages = [ 64 ]; };"));
            var wish = new Lab.RunRequest(false, false);
            assertThatThrownBy(() -> lab.lab().restart(Selector.ALL, wish, Progress.NONE, TestLab.minutes(20)))
                    .hasMessage("m: virtualisation.diskSize is 400, but the disk has 900 MiB already and cannot become"
                            + " smaller");
            assertThat(lab.lab().runs()).isTrue();
        }
    }

    @Test
    void aPulledPlugLosesNothingThatWasSynced() {
        try (var lab = new TestLab(directory, network(""))) {
            lab.run();
            lab.succeed("m", "echo synced > /root/note; sync");
            lab.lab().kill(Selector.ALL, TestLab.minutes(1));

            lab.run();

            assertThat(lab.succeed("m", "cat /root/note")).isEqualTo("synced\n");
        }
    }

    @Test
    void aMachineThatLeftTheFileIsStoppedWithTheOthers() {
        try (var lab = new TestLab(directory, "{ m = { }; n = { }; }")) {
            lab.run();
            lab.write(network(""));
            lab.run();
            lab.reopen();
            assertThat(new LabDirectory(directory, "network").runtime().resolve("n/backdoor"))
                    .exists();

            lab.stop();

            assertThat(new LabDirectory(directory, "network").runtime()).doesNotExist();
        }
    }

    /** The last number of what a command prints, in bytes. */
    private static long mebibytes(TestLab lab, String command) {
        return Long.parseLong(lab.succeed("m", command).strip().replaceAll("(?s).*\\s", "")) >> 20;
    }

    private static String network(String configuration) {
        return "{ m = { pkgs, ... }: { " + configuration + " }; }";
    }
}

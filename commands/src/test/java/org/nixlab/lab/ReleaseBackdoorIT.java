package org.nixlab.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Selector;
import org.nixlab.nix.nixos.Derivation;
import org.nixlab.talk.CopyProgress;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Drives the classic backdoor of real releases, whose trees {@code NIXLAB_TEST_NIXPKGS} names: their own unit and script,
 * in a Debian guest, behind their own start script.
 */
final class ReleaseBackdoorIT {
    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> backdoorOfARelease() {
        return ReleaseLab.forEachTree(this::isDriven);
    }

    private void isDriven(Path tree) throws IOException {
        try (var lab = new ReleaseLab(directory.resolve(tree.getFileName()), tree, Map.of())) {
            lab.load(List.of("one"), name -> "");
            lab.run("one");
            putInPlace(lab);
            var script = ((org.nixlab.model.Origin.Nixos)
                            lab.lab().network().machines().get(0).origin())
                    .script();
            lab.lab().stop(new Selector("one"), Progress.NONE, TestLab.minutes(2));

            // To nixlab it is somebody else's, of which nothing is known.
            lab.lab().addMachine("classic", script);
            lab.run("classic");
            assertThat(lab.succeed("classic", "systemctl show -P FragmentPath backdoor"))
                    .isEqualTo("/etc/systemd/system/backdoor.service\n");
            answers(lab);
            carriesBytes(lab);
            lab.open();
            assertThat(lab.succeed("classic", "echo again")).isEqualTo("again\n");
            lab.lab().stop(new Selector("classic"), Progress.NONE, TestLab.minutes(2));
        }
    }

    private static void answers(ReleaseLab lab) {
        var result = lab.execute("classic", "echo out; echo err >&2; exit 3");
        assertThat(result.exitCode() + result.getOut() + result.getErr()).isEqualTo("3out\nerr\n");
        assertThat(lab.succeed("classic", "echo 'one!' \"$((6 * 7))\" \\\\; for i in 1 2; do\n\techo $i\ndone"))
                .isEqualTo("one! 42 \\\n1\n2\n");
        assertThat(lab.succeed("classic", "tty -s && echo terminal; [ -t 0 ] || echo none"))
                .isEqualTo("none\n");
        assertThat(lab.execute("classic", "kill -9 $$").exitCode()).isEqualTo(137);
        assertThat(lab.succeed("classic", "echo alive")).isEqualTo("alive\n");
    }

    private void carriesBytes(ReleaseLab lab) throws IOException {
        var bytes = new byte[400_000];
        new Random(1).nextBytes(bytes);
        var file = Files.write(directory.resolve("file"), bytes);
        var machine = lab.lab().machine("classic");
        machine.copyIn(file, "/root/file", CopyProgress.NONE, TestLab.minutes(3));
        machine.copyOut("/root/file", directory.resolve("back"), CopyProgress.NONE, TestLab.minutes(3));
        assertThat(directory.resolve("back")).hasSameBinaryContentAs(file);
        Files.delete(directory.resolve("back"));

        var raw = machine.execute(ExecRequest.of("cat /root/file"), TestLab.minutes(2));
        assertThat(raw.getOutBytes()).isEqualTo(bytes);
        var input = new ByteArrayInputStream("x".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
        var counted = machine.execute(ExecRequest.of("wc -c").withStdin(input), TestLab.minutes(2));
        assertThat(counted.getOut()).isEqualTo("100000\n");
    }

    /** Installs the release's unit, with what it refers to, in the guest, where it is found at the next boot. */
    private void putInPlace(ReleaseLab lab) throws IOException {
        var derivations = Derivation.all(lab.store().store(), "");
        var start = derivations.stream()
                .filter(candidate -> candidate.variable("text").contains("exec < /dev/hvc0 > /dev/hvc0"))
                .findFirst()
                .orElseThrow();
        var unit = derivations.stream()
                .map(candidate -> candidate.variable("text"))
                .filter(text -> text.contains("ExecStart=" + start.output()))
                .findFirst()
                .orElseThrow();
        var script = unit.replaceAll("(?s).*ExecStart=(\\S+).*", "$1");
        var setup = new StringBuilder("set -e\n");
        lab.store().references(unit + start.variable("text")).values().stream()
                .filter(item -> !item.equals(start.output()))
                .distinct()
                .forEach(item -> setup.append("mkdir -p " + item + "; ln -sfn /usr/bin " + item
                        + "/bin; ln -sfn /usr/sbin " + item + "/sbin\n"));
        setup.append("mkdir -p $(dirname " + script + ")\n");
        setup.append(document(script, start.variable("text")));
        setup.append("chmod +x " + script + "\n");
        setup.append(document("/etc/systemd/system/backdoor.service", unit));
        // In NixOS the shell of this name is bash, and devices are found before services start.
        setup.append("ln -sfn bash /usr/bin/sh\n");
        // What is in /tmp, as the store of a test may be, is to be there after the boot.
        setup.append("mkdir -p /etc/tmpfiles.d; ln -sfn /dev/null /etc/tmpfiles.d/tmp.conf\n");
        setup.append(document("/etc/systemd/system/devices.service", """
                [Unit]
                Requires=systemd-udevd.service
                After=systemd-udevd.service
                [Service]
                Type=oneshot
                ExecStart=udevadm trigger --action=add /sys/class/tty/hvc0 /sys/class/tty/ttyS0
                """));
        setup.append("mkdir -p /etc/systemd/system/multi-user.target.wants\n");
        for (var name : List.of("devices", "backdoor")) {
            setup.append("ln -sfn ../" + name + ".service /etc/systemd/system/multi-user.target.wants/\n");
        }
        lab.succeed("one", setup + "sync\n");
    }

    private static String document(String file, String text) {
        return "cat > " + file + " <<'THE END'\n" + text + (text.endsWith("\n") ? "" : "\n") + "THE END\n";
    }
}

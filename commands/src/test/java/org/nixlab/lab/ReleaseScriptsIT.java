package org.nixlab.lab;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Selector;
import org.nixlab.net.VlanSwitch;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;
import org.nixlab.talk.CopyProgress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the start scripts of real releases, whose trees {@code NIXLAB_TEST_NIXPKGS} names, as nixlab runs them, with a
 * Debian system in the place of NixOS.
 */
final class ReleaseScriptsIT {
    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> machinesOfARelease() {
        return ReleaseLab.forEachTree(this::runs);
    }

    private void runs(Path tree) throws IOException {
        var home = directory.resolve(tree.getFileName());
        var shared = Files.createDirectories(directory.resolve("shared"));
        Files.writeString(shared.resolve("from-host"), "some text\n");
        var variables = Map.of(
                "QEMU_OPTS", "-smbios type=1,serial=of-the-user",
                "QEMU_KERNEL_PARAMS", "test.word=1",
                "QEMU_NET_OPTS", "hostfwd=tcp:127.0.0.1:0-:22",
                "SHARED_DIR", shared.toString(),
                // Nixlab's own go before these.
                "NIX_DISK_IMAGE", "/nowhere/disk",
                "TMPDIR", "/nowhere");
        try (var lab = new ReleaseLab(home, tree, variables)) {
            lab.load(List.of("one", "two"), name -> "");
            lab.run("all");

            assertThat(lab.succeed("one", "hostname; echo done")).isEqualTo("one\ndone\n");
            assertThat(lab.execute("two", "exit 7").exitCode()).isEqualTo(7);
            lab.succeed("one", "ping -c 1 -W 20 192.168.1.2");
            lab.succeed("two", "ping -c 1 -W 20 one");
            copies(lab);
            wordsReachQemu(lab);
            directoriesAreShared(lab, shared);

            lab.lab().stop(new Selector("two"), Progress.NONE, TestLab.minutes(2));
            lab.lab().kill(new Selector("one"), TestLab.minutes(1));
            assertThat(lab.processes()).isEmpty();
        }
        aloneItTakesOptionsFromItsEnvironment(home);
    }

    private void copies(ReleaseLab lab) throws IOException {
        var file = Files.write(directory.resolve("file"), new byte[300_000]);
        lab.lab().machine("one").copyIn(file, "/root/file", CopyProgress.NONE, TestLab.minutes(1));
        lab.lab()
                .machine("one")
                .copyOut("/root/file", directory.resolve("back"), CopyProgress.NONE, TestLab.minutes(1));
        assertThat(directory.resolve("back")).hasSameBinaryContentAs(file);
        Files.delete(directory.resolve("back"));
    }

    private void wordsReachQemu(ReleaseLab lab) throws IOException {
        assertThat(lab.succeed("one", "cat /sys/class/dmi/id/product_serial")).isEqualTo("of-the-user\n");
        assertThat(lab.succeed("one", "cat /proc/cmdline")).contains(" test.word=1");
        var monitor = lab.lab().machine("one").monitor();
        assertThat(monitor.hmp("info usernet", TestLab.minutes(1))).containsPattern("TCP\\[HOST_FORWARD\\].* 22 ");
        var words = lab.words("one");
        assertThat(words)
                .anyMatch(word -> word.contains("file=" + lab.state("one").resolve("disk.qcow2")));
        assertThat(words).containsSubsequence("-m", "512");

        // Whatever the script wants, in the end runs what nixlab found to work.
        var kvm = (Map<?, ?>) monitor.qmp("query-kvm", TestLab.minutes(1));
        assertThat(kvm.get("enabled")).isEqualTo(!words.contains("accel=tcg"));
        if (words.contains("-enable-kvm")) {
            assertThat(words.lastIndexOf("accel=tcg")).isGreaterThan(words.lastIndexOf("-enable-kvm"));
        }
    }

    private void directoriesAreShared(ReleaseLab lab, Path shared) {
        lab.succeed(
                "one",
                "for tag in shared xchg; do mkdir -p /tmp/$tag;"
                        + " mount -t 9p -o trans=virtio,version=9p2000.L $tag /tmp/$tag || exit; done");
        assertThat(lab.succeed("one", "cat /tmp/shared/from-host")).isEqualTo("some text\n");
        lab.succeed("one", "echo back > /tmp/shared/from-guest; echo mine > /tmp/xchg/file");
        assertThat(shared.resolve("from-guest")).hasContent("back");
        assertThat(lab.state("one").resolve("scratch/xchg/file")).hasContent("mine");
    }

    /** As the test driver of older releases does it, and whoever runs a script by hand. */
    private static void aloneItTakesOptionsFromItsEnvironment(Path home) throws IOException {
        var socket = home.resolve("shell");
        var options = "-machine accel=tcg -display none -monitor none -serial none -chardev socket,id=shell,path="
                + socket + ",server=on,wait=off -device virtio-serial-pci -device virtconsole,chardev=shell";
        var vlan = new VlanSwitch(1, Files.createDirectory(home.resolve("switch")));
        vlan.start(TestLab.minutes(1));
        var command = HostCommand.of(home.resolve("result/bin/run-one-vm").toString())
                .in(home)
                .environment("QEMU_OPTS", options)
                .environment("QEMU_VDE_SOCKET_1", vlan.socket().toString())
                .environment("NIX_DISK_IMAGE", home.resolve("alone.qcow2").toString())
                .environment(
                        "TMPDIR", Files.createDirectory(home.resolve("alone")).toString())
                .environment("USE_TMPDIR", "1");
        var qemu = Daemon.start(command, home.resolve("alone.log"), home.resolve("alone.log"));
        try {
            awaitGreeting(socket, qemu, home.resolve("alone.log"));
            assertThat(home.resolve("alone.qcow2")).exists();
            assertThat(home.resolve("alone/xchg")).isDirectory();
        } finally {
            qemu.kill();
            vlan.stop();
        }
    }

    private static void awaitGreeting(Path socket, Daemon qemu, Path log) throws IOException {
        Await.host()
                .until(
                        new Condition(
                                "the socket of the shell",
                                () -> {
                                    assertThat(qemu.isAlive())
                                            .as(log.toString())
                                            .isTrue();
                                    return new Observation(Files.exists(socket), "");
                                },
                                ""),
                        TestLab.minutes(1));
        try (var shell = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            shell.connect(UnixDomainSocketAddress.of(socket));
            var seen = new StringBuilder();
            var buffer = ByteBuffer.allocate(4096);
            while (seen.indexOf("Spawning backdoor root shell...") < 0 && shell.read(buffer.clear()) > 0) {
                seen.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
            }
            assertThat(seen).contains("Spawning backdoor root shell...");
        }
    }
}

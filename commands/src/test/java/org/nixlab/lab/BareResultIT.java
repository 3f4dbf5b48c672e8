package org.nixlab.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Selector;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What a build leaves runs with QEMU alone: no nixlab, no variable that says how. */
@Timeout(600)
class BareResultIT {
    @TempDir
    Path directory;

    @Test
    void machinesRunWithABackdoorAndEndTogether() throws Exception {
        try (var lab = new TestLab(directory, "{ m = { }; n = { }; }")) {
            lab.lab().build(Selector.ALL, new Lab.BuildRequest(true, false), Progress.NONE, TestLab.minutes(10));
        }
        var command = HostCommand.of(directory.resolve("result/bin/run-vms").toString(), "--use-backdoor")
                .in(directory)
                .environment("NIXLAB_ACCEL", "");
        try (var machines =
                HostProcess.start(command, OutputStream.nullOutputStream(), OutputStream.nullOutputStream())) {
            awaitFile(directory.resolve("n.socket"));
            assertThat(Files.getPosixFilePermissions(directory.resolve("n.socket")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            try (var shell = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                shell.connect(UnixDomainSocketAddress.of(directory.resolve("n.socket")));
                shell.configureBlocking(false);

                assertThat(answer(shell, "ping -c 1 m > /dev/null && echo reached $((6 * 7))", "reached 42"))
                        .contains("reached 42");
            }

            ProcessHandle.of(machines.pid()).orElseThrow().destroy();
            assertThat(machines.await(TestLab.minutes(1)).exitCode()).isEqualTo(143);
        }
        assertThat(directory.resolve("m.socket")).doesNotExist();
        // QEMU locks the disks it uses.
        var look =
                HostCommand.of("qemu-img", "info", directory.resolve("m.qcow2").toString());
        assertThat(HostProcess.run(look, TestLab.minutes(1)).exitCode()).isZero();
    }

    /** The line is said again and again, as a user does who does not know when somebody listens. */
    private static String answer(SocketChannel shell, String line, String expected) {
        var seen = new StringBuilder();
        var read = ByteBuffer.allocate(1 << 16);
        var patient = new Await(Duration.ofSeconds(1), Duration.ofSeconds(2), detail -> {});
        return patient.until(
                new Condition(
                        expected,
                        () -> {
                            try {
                                shell.write(ByteBuffer.wrap((line + "\n").getBytes(UTF_8)));
                                if (shell.read(read.clear()) > 0) {
                                    seen.append(UTF_8.decode(read.flip()));
                                }
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return new Observation(seen.indexOf(expected) >= 0, seen.toString());
                        },
                        ""),
                TestLab.minutes(3));
    }

    private static void awaitFile(Path file) {
        Await.host()
                .until(
                        new Condition(file.toString(), () -> new Observation(Files.exists(file), ""), ""),
                        TestLab.minutes(1));
    }
}

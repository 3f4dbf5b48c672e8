package org.nixlab.shell;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** The seed network as a user drives it: lines and one-shot verbs against the network every page begins with. */
@Timeout(1800)
class SeedNetworkIT {
    @TempDir
    Path directory;

    @BeforeEach
    void copyTheNetwork() throws Exception {
        Files.copy(Path.of("../scripts-examples/seed/network.nix"), directory.resolve("network.nix"));
    }

    @AfterEach
    void pullThePlugs() {
        Launcher.run(directory, Duration.ofMinutes(2), "-e", "kill all", "network.nix");
    }

    @Test
    void linesRunAndTheLabStaysUp() {
        var lines = Launcher.run(
                directory,
                Duration.ofMinutes(20),
                "-e",
                "run",
                "-e",
                "exec test2 'systemctl status httpd'",
                "-e",
                "exec test1 'uname -m'",
                "-e",
                "exec test1 'ping -c1 test2.example.net'",
                "-e",
                "exec test2 'lynx -dump http://localhost/'",
                "network.nix");

        assertThat(lines.exitCode()).as("%s%n%s", lines.out(), lines.err()).isZero();
        assertThat(lines.out()).contains("Active: active (running)", "i686\n", "1 received", "It works!");
        assertThat(lines.err()).contains("network stays up (test1 test2)");

        // One-shot verbs find the lab of this directory, and pass the guest's own exit code on.
        var kernel = Launcher.run(directory, Duration.ofMinutes(1), "exec", "test1", "--", "uname", "-m");
        assertThat(kernel.out()).isEqualTo("i686\n");
        assertThat(Launcher.run(directory, Duration.ofMinutes(1), "exec", "test1", "--", "exit 7")
                        .exitCode())
                .isEqualTo(7);
        assertThat(Launcher.run(directory, Duration.ofMinutes(1), "exec", "test3", "true")
                        .exitCode())
                .isEqualTo(255);

        var stopped = Launcher.run(directory, Duration.ofMinutes(3), "stop");
        assertThat(stopped.exitCode()).as(stopped.err()).isZero();
        assertThat(Launcher.run(directory, Duration.ofMinutes(1), "exec", "test1", "true")
                        .err())
                .contains("test1");
    }

    @Test
    void aKilledShellLosesNothingAndMeanwhileOthersMayLook() throws Exception {
        Files.writeString(directory.resolve("network.nix"), "{ m = { }; }");
        var held = directory.resolve("held");
        try (var owner = HostProcess.start(
                Launcher.command(
                        directory,
                        "-e",
                        "run",
                        "-e",
                        "!touch held; while [ -e held ]; do sleep 0.1; done",
                        "network.nix"),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream())) {
            Await.host()
                    .until(
                            new Condition("the owner", () -> new Observation(Files.exists(held), ""), ""),
                            Deadline.in(Duration.ofMinutes(10)));

            assertThat(owner.isAlive()).isTrue();
            assertThat(Launcher.run(directory, Duration.ofMinutes(1), "exec", "m", "echo looked")
                            .out())
                    .isEqualTo("looked\n");
            var refused = Launcher.run(directory, Duration.ofMinutes(1), "stop");
            assertThat(refused.exitCode()).isEqualTo(4);
            assertThat(refused.err()).contains("belongs to another shell (pid ");
        }

        assertThat(Launcher.run(directory, Duration.ofMinutes(1), "status").out())
                .contains("ready");
        assertThat(Launcher.run(directory, Duration.ofMinutes(1), "exec", "m", "echo back")
                        .out())
                .isEqualTo("back\n");
        // A file that is broken meanwhile, or gone, leaves the machine within reach.
        Files.writeString(directory.resolve("network.nix"), "{ m = ");
        assertThat(Launcher.run(directory, Duration.ofMinutes(1), "exec", "m", "echo still")
                        .out())
                .isEqualTo("still\n");
        Files.delete(directory.resolve("network.nix"));
        assertThat(Launcher.run(directory, Duration.ofMinutes(3), "stop").exitCode())
                .isZero();
    }
}

package org.nixlab.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;

import javax.imageio.ImageIO;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.machine.Monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** QEMU's side of a real machine: its monitor, its screen and its keyboard. */
@Timeout(600)
class MonitorIT {
    private static final String NETWORK = """
            {
              window = {
                virtualisation.graphics = true;
                users.users.root.password = "secret";
              };
              plain = { };
            }
            """;

    @TempDir
    static Path directory;

    private static TestLab lab;

    @BeforeAll
    static void run() {
        lab = new TestLab(directory, NETWORK);
        lab.run();
    }

    @AfterAll
    static void end() {
        lab.close();
    }

    @Test
    void requestsTakeEveryFormOfWriting() {
        var expected = Map.of("status", "running", "singlestep", false, "running", true);
        for (var request : new String[] {"query-status", "query-status {}", "{\"execute\": \"query-status\"}"}) {
            assertThat(monitor("plain").qmp(request, soon())).isEqualTo(expected);
        }
        assertThat(monitor("plain").qmp("human-monitor-command {\"command-line\": \"info version\"}", soon()))
                .asInstanceOf(InstanceOfAssertFactories.STRING)
                .matches("\\d+\\.\\d+[\\s\\S]*");
        assertThat(monitor("plain").hmp("info block", soon())).contains("nixlab-state");
    }

    @Test
    void refusalsAreQemusOwnWords() {
        assertThatThrownBy(() -> monitor("plain").qmp("no-such-command", soon()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("QEMU refused no-such-command");
        assertThatThrownBy(() -> monitor("plain").qmp("query-status {", soon()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no JSON");
        assertThatThrownBy(() -> monitor("plain").type("x", soon()))
                .isInstanceOf(LabException.class)
                .hasMessage("plain has no screen");
    }

    @Test
    void whatIsTypedArrivesAndTheScreenShowsIt() throws IOException {
        var early = directory.resolve("early.png");
        monitor("window").screenshot(early, soon());
        assertThat(ImageIO.read(early.toFile()).getWidth())
                .as("a ready machine has its own screen, not the firmware's")
                .isEqualTo(1024);
        // A keyboard that comes up later takes over, and keys are lost.
        assertThat(lab.succeed("window", "cat /proc/bus/input/devices")).contains("QEMU Virtio Keyboard");
        awaitConsole("login:");
        monitor("window").type("root\n", soon());
        awaitConsole("Password:");
        monitor("window").type("secret\n", soon());
        awaitConsole("[root@window:~]#");
        var text = "echo '`1234567890-=[]\\;,./~!@#$%^&*()_+{}|:\"<>?' Aa Zz >/root/typed";
        monitor("window").type(text + "\n", soon());
        Await.guest()
                .until(
                        new Condition(
                                "the typed file",
                                () -> new Condition.Observation(
                                        lab.execute("window", "test -s /root/typed")
                                                .succeeded(),
                                        screen()),
                                ""),
                        soon());
        assertThat(lab.succeed("window", "cat /root/typed"))
                .isEqualTo("`1234567890-=[]\\;,./~!@#$%^&*()_+{}|:\"<>? Aa Zz\n");

        var picture = directory.resolve("window.png");
        monitor("window").screenshot(picture, soon());
        var image = ImageIO.read(picture.toFile());
        assertThat(image.getWidth()).isEqualTo(1024);
        assertThat(image.getHeight()).isEqualTo(768);
        assertThat(Files.getPosixFilePermissions(picture)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));

        monitor("window").press("ctrl-alt-f2", soon());
        Await.guest()
                .until(
                        new Condition(
                                "the second console",
                                () -> new Condition.Observation(
                                        lab.succeed("window", "cat /sys/class/tty/tty0/active")
                                                .equals("tty2\n"),
                                        ""),
                                ""),
                        soon());
    }

    @Test
    void theSerialConsoleAsksForALoginAndHasOneVisitor() throws IOException {
        var plain = lab.lab().machine("plain");
        try (var session = plain.attachConsole(note -> {}, soon())) {
            session.keyboard().write('\n');
            var shown = new StringBuilder();
            while (shown.indexOf("plain login: ") < 0) {
                var next = session.read(soon());
                assertThat(next).as("after %s", shown).isPresent();
                shown.append(new String(next.get(), StandardCharsets.ISO_8859_1));
            }
            assertThatThrownBy(() -> plain.attachConsole(note -> {}, Deadline.in(Duration.ofMillis(200))))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessageContaining("another terminal is attached");
        }
        plain.attachConsole(note -> {}, soon()).close();
        assertThat(plain.consoleLog()).content().contains("Welcome to").contains("plain login: ");
    }

    private static void awaitConsole(String text) {
        Await.guest()
                .until(
                        new Condition(
                                "'" + text + "' on the screen",
                                () -> {
                                    var shown = screen();
                                    return new Condition.Observation(shown.endsWith(text), shown);
                                },
                                ""),
                        TestLab.minutes(3));
    }

    private static String screen() {
        return lab.succeed("window", "iconv -f UTF-32LE -t UTF-8 /dev/vcsu1").strip();
    }

    private static Monitor monitor(String machine) {
        return lab.lab().machine(machine).monitor();
    }

    private static Deadline soon() {
        return TestLab.minutes(1);
    }
}

package org.nixlab.lab.method;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.DeadlineException;
import org.nixlab.lab.TestLab;
import org.nixlab.lab.system.Progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What scripts see of a real machine's consoles, screen and windows, and what they type there. */
@Timeout(900)
class ScreenMethodsIT {
    private static final String NETWORK = """
            {
              m = { pkgs, ... }: {
                virtualisation.graphics = true;
                users.users.root.password = "secret";
                environment.systemPackages = [ pkgs.xvfb pkgs.x11-utils ];
              };
            }
            """;

    @TempDir
    static Path directory;

    private static TestLab lab;
    private static MethodTarget target;

    @BeforeAll
    static void boot() {
        lab = new TestLab(directory, NETWORK);
        lab.run();
        target = new MethodTarget(lab::lab, "m", directory, Progress.NONE, CallListener.NONE);
    }

    @AfterAll
    static void pullThePlug() {
        lab.close();
    }

    @Test
    void oneLogsInOnTheScreen() throws IOException {
        call("sendKey", "alt-f2");
        call("waitUntilTtyMatches", "2", "login: ");
        assertThat(call("succeed", "fgconsole")).isEqualTo("2\n");
        call("sendKey", "alt-f1");
        call("waitUntilTtyMatches", "1", "login: ");
        call("sendChars", "root\n");
        call("waitUntilTtyMatches", "tty1", "Password: ");
        call("sendChars", "secret\n", 0.05);
        call("waitForText", "root@m");
        call("sendChars", "clear; echo The quick brown fox");
        call("sendKey", "ret", 0.01);
        call("waitUntilTtyMatches", 1, "^The quick brown fox");

        assertThat(call("getTtyText", "tty1")).asString().contains("The quick brown fox\n");
        assertThat(call("getScreenText")).asString().contains("quick brown");
        assertThat((List<?>) call("getScreenTextVariants")).hasSize(3);
        call("screenshot", "screen.png");
        assertThat(ImageIO.read(directory.resolve("screen.png").toFile()).getWidth())
                .isEqualTo(1024);
        assertThatThrownBy(() -> within(1, "waitForText", "no such text"))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("at last it showed\n")
                .hasMessageContaining("The quick brown fox");
    }

    @Test
    void theSerialConsoleIsHeardAndTypedAt() {
        call("waitForConsoleText", "Reached target.*multi-user");
        call("succeed", "echo one >/dev/ttyS0; echo two >/dev/ttyS0");
        call("waitForConsoleText", "one\ntwo");
        assertThatThrownBy(() -> within(0, "waitForConsoleText", "one"))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("two");
        assertThat(call("getConsoleLog")).asString().contains("multi-user", "one\ntwo");

        call("sendConsole", "\n");
        call("waitForConsoleText", "login: ");
        call("sendConsole", "root\n");
        call("waitForConsoleText", "Password: ");
    }

    @Test
    void windowsAreSeen() {
        assertThatThrownBy(() -> within(0, "waitForX"))
                .hasMessageStartingWith("timed out waiting for X on m: there is no X server");
        call("succeed", "systemd-run -u xvfb Xvfb :0");
        call("waitForX");
        call("succeed", "systemd-run -E DISPLAY=:0 xmessage -title 'A Title' hello");
        call("waitForWindow", "^A T.tle$");
        assertThat((List<?>) call("getWindowNames")).hasToString("[A Title]");
        assertThatThrownBy(() -> within(0, "waitForWindow", "none")).hasMessageContaining("there is A Title");
        call("succeed", "systemctl stop xvfb");
    }

    @Test
    void messagesAreRecords() {
        call("succeed", "systemd-run --wait -u said systemd-cat -t it -p err echo 'it failed'");

        assertThat((List<?>) named("journal", Map.of("unit", "said", "priority", "err", "lines", 1)))
                .singleElement()
                .satisfies(record -> assertThat((Map<?, ?>) record)
                        .extracting("identifier", "priority", "message")
                        .containsExactly("it", "err", "it failed"));
        assertThat((List<?>) call("journal", "said", 10, "2100-01-01")).isEmpty();
    }

    @Test
    void aMachineTellsOfItself() {
        assertThat((Map<?, ?>) call("status")).extracting("phase").isEqualTo("ready");
        assertThat(call("config", "virtualisation.graphics")).isEqualTo(true);
        assertThat(call("sshBackdoorCommand")).asString().endsWith("root@127.0.0.1");
    }

    private static Object call(String method, Object... arguments) {
        return MachineMethods.call(target, method, List.of(arguments), Map.of());
    }

    private static Object within(int seconds, String method, Object... arguments) {
        return MachineMethods.call(target, method, List.of(arguments), Map.of("timeout", seconds));
    }

    private static Object named(String method, Map<String, ?> arguments) {
        return MachineMethods.call(target, method, List.of(), arguments);
    }
}

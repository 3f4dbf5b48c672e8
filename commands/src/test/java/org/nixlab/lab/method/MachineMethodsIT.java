package org.nixlab.lab.method;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.TestLab;
import org.nixlab.lab.system.Progress;
import org.nixlab.talk.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What scripts ask of machines, asked of a real guest. */
@Timeout(900)
class MachineMethodsIT {
    private static final String NETWORK = """
            {
              m = {
                virtualisation.vlans = [ 1 2 ];
                users.users.alice = { isNormalUser = true; linger = true; };
                networking.firewall.allowedTCPPorts = [ 8080 ];
                systemd.services.slow = { script = "sleep 1000"; serviceConfig.Type = "oneshot"; };
                systemd.services.after = { after = [ "slow.service" ]; wants = [ "slow.service" ]; script = "true"; };
                systemd.services.broken = { script = "echo it is broken; exit 3"; serviceConfig.Type = "oneshot"; };
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
        target = new MethodTarget(lab::lab, "m", Progress.NONE, CallListener.NONE);
    }

    @AfterAll
    static void pullThePlug() {
        lab.close();
    }

    @Test
    void commands() {
        assertThat(call("succeed", "echo a", "echo b")).isEqualTo("a\nb\n");
        assertThat(named(
                        "execute",
                        List.of("cat; pwd; id -un; echo $X"),
                        Map.of("stdin", "in ", "user", "alice", "dir", "/tmp", "env", Map.of("X", "1"))))
                .satisfies(result -> assertThat(((Result) result).getOut()).isEqualTo("in /tmp\nalice\n1\n"));
        assertThat(call("waitUntilFails", "echo x; exit 1")).isEqualTo("x\n");
        call("succeed", "rm -f /tmp/tries");
        assertThat(named(
                        "waitUntilSucceeds",
                        List.of("cat >>/tmp/tries; [ $(wc -c </tmp/tries) = 3 ]"),
                        Map.of("stdin", "x")))
                .isEqualTo("");
        assertThatThrownBy(() -> within(1, "waitUntilSucceeds", "echo one; echo two; false"))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("it was run ")
                .hasMessageContaining("at last it printed\n    one\n    two");
        assertThatThrownBy(() -> within(1, "waitUntilSucceeds", "sleep 1000"))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("attempt 1 did not end in time");
        call("sleep", 0.1);
    }

    @Test
    void units() {
        call("waitForUnit", "multi-user.target");
        call("requireUnitState", "multi-user.target");
        assertThat(call("getUnitProperty", "-.mount", "Where")).isEqualTo("/");
        assertThat((Map<?, ?>) call("getUnitInfo", "dbus.socket"))
                .extracting("ActiveState")
                .isEqualTo("active");
        assertThat(((Result) call("startJob", "no-such")).exitCode()).isEqualTo(5);
        assertThat(((Result) call("systemctl", "is-active multi-user.target")).getOut())
                .isEqualTo("active\n");
        assertThatThrownBy(() -> call("waitForUnit", "no-such")).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> within(30, "waitForUnit", "after"))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("m: unit after.service is inactive, and nothing is about to start it");
        call("startJob", "broken");
        assertThatThrownBy(() -> within(60, "waitForUnit", "broken"))
                .hasMessageStartingWith("m: unit broken.service failed (exit-code); its journal ends with")
                .hasMessageContaining("it is broken");
    }

    @Test
    void aUnitThatWaitsForAnotherSaysSo() {
        call("systemctl", "start --no-block after");

        assertThatThrownBy(() -> within(3, "waitForUnit", "after"))
                .isInstanceOf(DeadlineException.class)
                .hasMessageStartingWith("timed out waiting for unit after on m: inactive (dead)\n"
                        + "  it waits for slow.service (start running)");

        call("systemctl", "cancel");
        call("stopJob", "slow");
    }

    @Test
    void unitsOfUsers() {
        within(60, "waitForUnit", "default.target", "alice");
        assertThat(call("getUnitProperty", "default.target", "ActiveState", "alice"))
                .isEqualTo("active");
        named(
                "succeed",
                List.of("XDG_RUNTIME_DIR=/run/user/$(id -u) systemd-run --user -u mine sleep 1000"),
                Map.of("user", "alice"));
        call("requireUnitState", "mine", "active", "alice");
        call("stopJob", "mine", "alice");
        assertThatThrownBy(() -> call("requireUnitState", "mine", "active", "alice"))
                .hasMessage("m: unit mine is inactive, not active");
        assertThatThrownBy(() -> within(15, "waitForUnit", "default.target", "nobody"))
                .hasMessageStartingWith(
                        "timed out waiting for unit default.target on m: nobody's systemd does not answer: ");
    }

    @Test
    void ports() {
        call("succeed", "systemd-run -u once nc -N -l 127.0.0.1 7000");
        call("waitForOpenPort", 7000);
        call("waitForOpenPort", 7000, "127.0.0.1", 60);
        call("requireUnitState", "once");
        assertThatThrownBy(() -> call("screenshot", "none.png")).hasMessage("m has no screen");
        assertThatThrownBy(() -> within(0, "waitForOpenPort", 7000, "192.168.1.1"))
                .hasMessage("timed out waiting for port 7000 of 192.168.1.1 on m: nothing listens\n"
                        + "  on that port there is nc on 127.0.0.1:7000\n"
                        + "  the firewall lets nobody else in at port 7000");
        assertThatThrownBy(() -> within(0, "waitForClosedPort", 7000, "localhost"))
                .hasMessageContaining("nc on 127.0.0.1:7000");
        assertThatThrownBy(() -> within(0, "waitForOpenPort", 8080, "localhost"))
                .hasMessageContaining("the firewall lets others in at port 8080");
        assertThatThrownBy(() -> within(0, "waitForOpenPort", 7000, "10.0.2.2"))
                .hasMessageStartingWith("timed out waiting for port 7000 of 10.0.2.2 on m: Connection refused");
        call("succeed", "nc -N 127.0.0.1 7000 </dev/null");
        call("waitForClosedPort", 7000);
    }

    @Test
    void sockets() {
        call("waitForOpenUnixSocket", "/run/dbus/system_bus_socket");
        call("waitForOpenUnixSocket", "/var/run/dbus/system_bus_socket");
        call("waitForOpenUnixSocket", "/run/systemd/notify", true);
        assertThatThrownBy(() -> within(0, "waitForOpenUnixSocket", "/run/systemd/notify", false))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("it has a file, but nothing listens");
    }

    @Test
    void files() {
        call("succeed", "mkdir -p '/tmp/a b' && touch '/tmp/a b/c'");
        call("waitForFile", "/tmp/a b/c");
        call("waitForFile", "/tmp/a*/?");
        call("waitForFile", "~/.");
        assertThatThrownBy(() -> within(0, "waitForFile", "/tmp/a b/d/e"))
                .extracting("exitCode", "message")
                .containsExactly(
                        ExitCode.TIMEOUT,
                        "timed out waiting for the file /tmp/a b/d/e on m: it is not there\n"
                                + "  the nearest directory is /tmp/a b, with 1 entries: c");
    }

    @Test
    void requests() {
        call(
                "succeed",
                "systemd-run -u plain socat TCP-LISTEN:8081,reuseaddr,fork"
                        + " \"SYSTEM:echo HTTP/1.0 418 Teapot; echo Content-Type\\\\: text/json; echo; echo [1]\"",
                "cd /tmp && openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -subj /CN=localhost"
                        + " -addext subjectAltName=DNS:localhost 2>&1",
                "systemd-run -u secure openssl s_server -accept 8443 -key /tmp/key -cert /tmp/cert -www");
        call("waitForOpenPort", 8081);
        call("waitForOpenPort", 8443);

        assertThat((Map<?, ?>) call("http", "localhost:8081/it"))
                .extracting("status", "reason", "json")
                .containsExactly(418, "Teapot", List.of(1));
        assertThat((Map<?, ?>) named("http", List.of("https://localhost:8443/"), Map.of("insecure", true)))
                .extracting("status")
                .isEqualTo(200);
        assertThatThrownBy(() -> call("http", "https://localhost:8443/"))
                .hasMessageStartingWith("m: GET https://localhost:8443/: ")
                .hasMessageContaining("certification path");
        call("succeed", "cat /tmp/cert >>/etc/ssl/certs/ca-certificates.crt");
        assertThat((Map<?, ?>) call("http", "https://localhost:8443/"))
                .extracting("status")
                .isEqualTo(200);
        assertThatThrownBy(() -> call("http", "localhost:8082"))
                .hasMessageContaining("could not be reached: Connection refused")
                .extracting("exitCode")
                .isEqualTo(ExitCode.CHECK_FAILED);
        assertThatThrownBy(() -> named("http", List.of("localhost:8081"), Map.of("retry", true, "timeout", 10)))
                .hasMessageContaining("status 418 Teapot");

        int port = (int) call("forward", 8081);
        assertThat((int) call("forwardPort", 0, 8081)).isPositive();
        assertThat(lab.lab().forwards().list(TestLab.minutes(1)))
                .anySatisfy(forward -> assertThat(forward.hostPort()).isEqualTo(port));
    }

    @Test
    void cables() {
        assertThat((Map<?, ?>) call("ping", "10.0.2.2", 2))
                .extracting("sent", "received")
                .containsExactly(2, 2);
        call("block", "eth0");
        assertThat((Map<?, ?>) call("ping", "10.0.2.2", 1)).extracting("loss").isEqualTo(100.0);
        call("unblock", "eth0");
        call("waitUntilSucceeds", "ping -c 1 -W 1 10.0.2.2");

        call("block");
        assertThat(call("succeed", "cat /sys/class/net/eth1/carrier /sys/class/net/eth2/carrier"))
                .isEqualTo("0\n1\n");
        call("unblock", 1);
        call("block", 2);
        assertThat(call("succeed", "cat /sys/class/net/eth1/carrier /sys/class/net/eth2/carrier"))
                .isEqualTo("1\n0\n");
        call("unblock", "eth2");
        assertThatThrownBy(() -> call("block", "eth7")).hasMessage("m has no interface 'eth7'");
        assertThatThrownBy(() -> call("ping", "no-such-host")).hasMessageContaining("no-such-host cannot be pinged");
    }

    @Test
    void copies() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "content");

        call("copyFromHost", file.toString(), "/tmp/new/directory/copy");
        call("copyFromMachine", "/tmp/new", directory.resolve("back/there").toString());

        assertThat(directory.resolve("back/there/new/directory/copy")).hasContent("content");
    }

    @Test
    void qemu() {
        assertThat((Map<?, ?>) call("qmp", "query-status")).extracting("status").isEqualTo("running");
        assertThat(call("hmp", "info network")).asString().contains("virtio-net-pci");
        call("qmp", "stop");
        assertThat((Map<?, ?>) call("waitForQmpEvent", "STOP"))
                .extracting("event")
                .isEqualTo("STOP");
        call("qmp", "cont");
        call("waitForQmpEvent", "RESUME");
    }

    @Test
    void boots() {
        var boot = call("succeed", "cat /proc/sys/kernel/random/boot_id");
        call("reboot");
        assertThat(call("succeed", "cat /proc/sys/kernel/random/boot_id")).isNotEqualTo(boot);
        assertThat(call("isUp")).isEqualTo(true);
        call("start");

        call("execute", "systemctl --no-block poweroff");
        call("waitForShutdown");
        assertThat(call("isUp")).isEqualTo(false);
        assertThatThrownBy(() -> call("succeed", "true")).hasMessageContaining("was powered off from inside");
        call("start", false, false);
        call("execute", "systemctl --no-block reboot");
        call("waitForShutdown");
        call("connect");
        call("crash");
        assertThat(call("isUp")).isEqualTo(false);
        call("start");
    }

    private static Object call(String method, Object... arguments) {
        return MachineMethods.call(target, method, List.of(arguments), Map.of());
    }

    private static Object within(int seconds, String method, Object... arguments) {
        return named(method, List.of(arguments), Map.of("timeout", seconds));
    }

    private static Object named(String method, List<?> arguments, Map<String, ?> named) {
        return MachineMethods.call(target, method, arguments, named);
    }
}

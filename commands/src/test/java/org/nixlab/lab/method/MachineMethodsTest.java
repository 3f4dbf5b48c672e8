package org.nixlab.lab.method;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.FakeLab;
import org.nixlab.command.FakeVm;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.Phase;
import org.nixlab.model.SampleNetworks;
import org.nixlab.talk.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MachineMethodsTest {
    private static final List<Object> NONE = List.of();

    private final List<String> calls = new ArrayList<>();
    private FakeLab lab;
    private FakeVm vm;
    private MethodTarget target;

    @BeforeEach
    void makeLab(@TempDir Path home) {
        lab = new FakeLab(home.resolve("network.nix"), SampleNetworks.of("m"));
        vm = lab.machine("m").enter(Phase.READY);
        target = new MethodTarget(() -> lab, "m", Progress.NONE, call -> {
            calls.add(call.method() + " " + call.subject());
            return failure -> calls.add(failure.isPresent() ? "failed" : "ended");
        });
    }

    @Test
    void everyMethodAndParameterIsExplained() {
        assertThat(MachineMethods.all()).isNotEmpty().allSatisfy(method -> {
            assertThat(method.name()).matches("[a-z][A-Za-z0-9]*");
            assertThat(method.summary()).as(method.name()).isNotBlank().doesNotEndWith(".");
            assertThat(method.parameters()).allSatisfy(parameter -> {
                assertThat(parameter.name()).as(method.name()).matches("[a-z][A-Za-z0-9]*");
                assertThat(parameter.summary())
                        .as(method.name() + "." + parameter.name())
                        .isNotBlank();
            });
        });
    }

    @Test
    void whatWaitsHasALimit() {
        Set<String> untimed = MachineMethods.all().stream()
                .filter(method -> method.name().startsWith("wait"))
                .filter(method -> method.parameters().stream()
                        .noneMatch(parameter -> parameter.name().equals("timeout")))
                .map(MachineMethod::name)
                .collect(Collectors.toSet());

        assertThat(untimed).isEmpty();
    }

    @Test
    void namesAreFoundInBothSpellings() {
        assertThat(MachineMethods.of("wait_for_unit")).isEqualTo(MachineMethods.of("waitForUnit"));
        assertThatThrownBy(() -> call("wait_for_unti", "x"))
                .isInstanceOf(LabException.class)
                .hasMessage("a machine has no method 'wait_for_unti'")
                .extracting("hint")
                .isEqualTo("did you mean 'waitForUnit'?");
    }

    @Test
    void callsAreTold() {
        call("waitForUnit", "httpd");
        assertThatThrownBy(() -> call("succeed", "no-such-command\nat all")).isInstanceOf(LabException.class);

        MachineMethods.call(target, "waitForFile", NONE, Map.of("filename", "/etc/passwd"));

        assertThat(calls)
                .containsExactly(
                        "waitForUnit httpd",
                        "ended",
                        "succeed no-such-command",
                        "failed",
                        "waitForFile /etc/passwd",
                        "ended");
    }

    @Test
    void commandsAreRunAsTheyAreDescribed() {
        vm.answer("id", 0, "alice\n", "").answer("false", 3, "", "it is so\n");

        var result = (Result) MachineMethods.call(
                target, "execute", List.of("id"), Map.of("user", "alice", "dir", "/tmp", "env", Map.of("A", 1)));

        assertThat(result.getOut()).isEqualTo("alice\n");
        assertThat(vm.requests.get(0).user()).contains("alice");
        assertThat(vm.requests.get(0).directory()).contains("/tmp");
        assertThat(vm.requests.get(0).environment()).isEqualTo(Map.of("A", "1"));
        assertThat(call("succeed", "id", "id")).isEqualTo("alice\nalice\n");
        assertThat(call("fail", "false")).isEqualTo("");
        assertThatThrownBy(() -> call("succeed", "false"))
                .hasMessage("m: 'false' exited with 3: it is so")
                .extracting("exitCode")
                .isEqualTo(ExitCode.CHECK_FAILED);
        assertThatThrownBy(() -> call("fail", "id")).hasMessage("m: 'id' succeeded, but should have failed: alice");
    }

    @Test
    void anInputIsThereForEveryAttempt() {
        var text = MachineMethods.call(target, "waitUntilSucceeds", List.of("cat"), Map.of("stdin", "text"));

        assertThat(text).isEqualTo("text");
        assertThatThrownBy(() -> MachineMethods.call(
                        target,
                        "waitUntilSucceeds",
                        List.of("cat"),
                        Map.of("stdin", new ByteArrayInputStream(new byte[0]))))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("a stream can be read once");
    }

    @Test
    void waitsTakeTheirLimitAlsoAsTheDriverDoes() {
        vm.answer("false", 1, "", "");

        for (var limited : List.of(
                new Wait("waitUntilSucceeds", List.of("false", 0)),
                new Wait("waitForFile", List.of("/none", "0s")),
                new Wait("waitForOpenPort", List.of(81, "localhost", 0)))) {
            assertThatThrownBy(() -> MachineMethods.call(target, limited.method, limited.arguments, Map.of()))
                    .as(limited.method)
                    .extracting("exitCode")
                    .isEqualTo(ExitCode.TIMEOUT);
        }
    }

    private record Wait(String method, List<Object> arguments) {}

    @Test
    void unitsAreAskedOfSystemd() {
        vm.answer("systemctl show --no-pager -- web.service", 0, "Id=web.service\nActiveState=failed\n", "")
                .answer("systemctl show --no-pager -p ActiveState -- web.service", 0, "ActiveState=failed\n", "")
                .answer("systemctl show --no-pager -p Nothing -- web.service", 0, "\n", "")
                .answer("systemctl start -- web.service", 1, "", "no\n")
                .answer("XDG_RUNTIME_DIR=/run/user/$(id -u) systemctl --user list-jobs", 0, "No jobs\n", "");

        assertThat(call("getUnitInfo", "web")).isEqualTo(Map.of("Id", "web.service", "ActiveState", "failed"));
        assertThat(call("getUnitProperty", "web", "ActiveState")).isEqualTo("failed");
        assertThatThrownBy(() -> call("getUnitProperty", "web", "Nothing"))
                .hasMessage("m: unit web has no property Nothing");
        call("requireUnitState", "web", "failed");
        assertThatThrownBy(() -> call("requireUnitState", "web")).hasMessage("m: unit web is failed, not active");
        assertThat(((Result) call("startJob", "web")).exitCode()).isEqualTo(1);
        assertThat(((Result) call("systemctl", "list-jobs", "alice")).getOut()).isEqualTo("No jobs\n");
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> MachineMethods.call(target, "waitForUnit", NONE, Map.of()))
                .hasMessage("'waitForUnit' needs 'unit'")
                .extracting("hint")
                .isEqualTo("it is waitForUnit(unit, [user], [timeout])");
        assertThatThrownBy(() -> call("waitForOpenPort", "http")).hasMessage("'http' is no 'port' of waitForOpenPort");
        assertThatThrownBy(() -> call("waitForUnit", "web", 30))
                .hasMessage("'30' is no 'user' of waitForUnit")
                .extracting("hint")
                .isEqualTo("'user' is a name");
        assertThatThrownBy(() -> call("waitForFile", "/x", 1, 2)).hasMessageStartingWith("'waitForFile' does not take");
        assertThatThrownBy(() -> MachineMethods.call(target, "succeed", List.of("id"), Map.of("usr", "alice")))
                .hasMessage("'succeed' has no option 'usr:'")
                .extracting("hint")
                .isEqualTo("did you mean 'user:'?");
    }

    @Test
    void machinesGoOnAndOff() {
        assertThat(call("isUp")).isEqualTo(true);
        call("crash");
        assertThat(vm.phase()).isEqualTo(Phase.STOPPED);
        assertThat(call("isUp")).isEqualTo(false);
        call("waitForShutdown");
        call("start");
        assertThat(vm.phase()).isEqualTo(Phase.READY);
        call("reboot");
        call("start", false);
        assertThat(vm.events).containsExactly("reboot", "end at reboot");
        call("shutdown");
        assertThat(vm.phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void qemuTakesRequestsInEveryForm() {
        call("qmp", "query-status");
        call("qmp", Map.of("execute", "stop"));
        MachineMethods.call(target, "qmp", List.of("device_del"), Map.of("arguments", Map.of("id", "x")));
        call("sendMonitorCommand", "info block");

        assertThat(vm.events)
                .containsExactly(
                        "qmp query-status",
                        "qmp {\"execute\":\"stop\"}",
                        "qmp device_del {\"id\":\"x\"}",
                        "hmp info block");
    }

    @Test
    void filesGoToAndFro(@TempDir Path home) throws IOException {
        var here = new MethodTarget(() -> lab, "m", home, Progress.NONE, CallListener.NONE);
        Files.writeString(home.resolve("file"), "content");
        vm.answer("mkdir -p -- \"$(dirname -- /srv/a/b)\"", 0, "", "");

        MachineMethods.call(here, "copyFromHost", List.of("file", "/srv/a/b"), Map.of());
        MachineMethods.call(here, "copyFromVm", List.of("/srv/a/b", "new/directory"), Map.of());
        MachineMethods.call(here, "copyIn", List.of("file", "/srv/"), Map.of());
        MachineMethods.call(here, "copyOut", List.of("/srv/file", "back"), Map.of());

        assertThat(home.resolve("new/directory/b")).hasContent("content");
        assertThat(home.resolve("back")).hasContent("content");
    }

    @Test
    void whatIsNotThereSaysWhatToUse() {
        for (var name : List.of("switchRoot", "shell_interact", "consoleInteract")) {
            assertThatThrownBy(() -> call(name))
                    .isInstanceOf(LabException.class)
                    .extracting("hint")
                    .asString()
                    .isNotEmpty();
        }
        assertThat(call("sshBackdoorCommand"))
                .asString()
                .startsWith("ssh -p 2201 -i '")
                .endsWith(" root@127.0.0.1");
    }

    @Test
    void aMachineTellsOfItself() {
        assertThat((Map<?, ?>) call("status")).extracting("phase", "address").containsExactly("ready", "192.168.1.1");
        assertThat((Map<?, ?>) call("config", "services.httpd"))
                .extracting("enable")
                .isEqualTo(true);
        assertThat(call("getConsoleLog")).isEqualTo("");
        assertThat((Map<?, ?>) call("qmpEvents")).extracting("next").isEqualTo(0);
        assertThatThrownBy(() -> call("waitForConsoleText", "("))
                .hasMessageStartingWith("'(' is no regular expression");
    }

    @Test
    void portsAreForwarded() {
        assertThat(call("forward", 22)).isEqualTo(40000);
        assertThat(call("forwardPort")).isEqualTo(8080);
        assertThat(call("forwardPort", 8443, 443)).isEqualTo(8443);
        assertThat(lab.forwards().list(Deadline.never()))
                .hasSize(3)
                .allSatisfy(forward -> assertThat(forward.address()).isEqualTo("127.0.0.1"));
    }

    private Object call(String method, Object... arguments) {
        return MachineMethods.call(target, method, List.of(arguments), Map.of());
    }
}

package org.nixlab.scenario.python;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;

/** What scripts are given is what the test driver gives them, and what nixlab is asked for is what they meant. */
class TestScriptShapesTest {
    private static final String AS_THE_DRIVER = "{dir=/tmp, env={DISPLAY=:0.0, PAGER=}, strict=true, timeout=";
    private static final String STARTED = "start[]{allowReboot=false, wait=false}";
    private static final String CONNECTED = "connect[]{timeout=900}";

    @TempDir
    Path directory;

    private final FakeTestHost host = new FakeTestHost();
    private ScriptRunner scripts;

    @BeforeEach
    void prepare() {
        scripts = new ScriptRunner(directory, host);
    }

    @Test
    void executeGivesExitCodeAndOutput() throws Exception {
        host.giving("execute", FakeTestHost.result(3, "out"));

        scripts.run("""
                assert web.execute("x") == (3, "out")
                assert web.execute("x", check_return=False) == (-1, "out")
                assert web.execute("x", check_output=False) == (-2, "")
                assert web.execute("x", False, False) == (-2, "")
                """);
    }

    @Test
    void aCommandThatIsStoppedByItsLimitEndsWith124() throws Exception {
        host.failing("execute", new DeadlineException("too long", "", ""));
        host.failing("fail", new DeadlineException("too long", "", ""));

        scripts.run("""
                assert web.execute("x", timeout=1) == (124, "")
                assert web.fail("x", timeout=1) == ""
                """);
    }

    @Test
    void whatACommandPrintedUntilItsLimitIsThere() throws Exception {
        var asked = new ArrayList<String>();
        host.with("execute", (positional, named) -> {
            asked.add(positional + " " + named.get("timeout"));
            return FakeTestHost.result(124, "half");
        });

        scripts.run("""
                assert web.execute("echo half; sleep 9", timeout=1.5) == (124, "half")
                """);

        assertThat(asked).containsExactly("[timeout 1.5 bash -c 'set -euo pipefail; echo half; sleep 9'] 901.5");
    }

    @Test
    void aMachineThatGoesAwayIsNoFailureWhereNothingIsChecked() throws Exception {
        host.failing("execute", LabException.host("it ended", "web", ""));

        scripts.run("""
                assert web.execute("poweroff", check_return=False) == (-1, "")
                assert web.execute("poweroff", check_output=False, check_return=False) == (-2, "")
                """);
    }

    @Test
    void commandsAreRunAsTheTestDriverDoes() throws Exception {
        host.giving("succeed", "a\n").giving("fail", "b\n");

        scripts.run("""
                assert web.succeed("one", "two") == "a\\na\\n"
                assert web.fail("one", timeout=5) == "b\\n"
                web.wait_until_succeeds("three")
                web.wait_until_fails("four", 7)
                """);

        assertThat(host.heard)
                .contains(
                        "web.waitUntilSucceeds[three]" + AS_THE_DRIVER + "900}",
                        "web.waitUntilFails[four]" + AS_THE_DRIVER + "7}");
    }

    @Test
    void unitsAreAskedForAndToldOf() throws Exception {
        host.giving("systemctl", FakeTestHost.result(0, "active\n"))
                .giving("startJob", FakeTestHost.result(0, ""))
                .giving("getUnitInfo", Map.of("ActiveState", "active"))
                .giving("getUnitProperty", "active");

        scripts.run("""
                assert web.systemctl("is-active x") == (0, "active\\n")
                assert web.start_job("x") == (0, "")
                assert web.get_unit_info("x")["ActiveState"] == "active"
                assert web.get_unit_property("x", "ActiveState") == "active"
                web.wait_for_unit("y", "alice")
                web.wait_for_unit(unit="z", timeout=3)
                web.require_unit_state("x", "failed")
                """);

        assertThat(host.heard)
                .containsSubsequence(
                        "web.waitForUnit[y]{timeout=900, user=alice}",
                        "web.waitForUnit[z]{timeout=3}",
                        "web.requireUnitState[x, failed]");
    }

    @Test
    void whatIsDoneInAMachineStartsItOnce() throws Exception {
        scripts.run("""
                assert not web.booted
                web.wait_for_file("/a")
                web.start()
                web.wait_for_file("/b")
                assert web.is_up()
                web.shutdown()
                web.shutdown()
                assert not web.is_up()
                web.wait_for_file("/c")
                start_all()
                db_1.wait_for_file("/d")
                db_1.crash()
                db_1.start(allow_reboot=True)
                """);

        assertThat(host.heard)
                .containsExactly(
                        "web." + STARTED,
                        "web." + CONNECTED,
                        "web.waitForFile[/a]{timeout=900}",
                        "web.waitForFile[/b]{timeout=900}",
                        "web.shutdown[]",
                        "web." + STARTED,
                        "web." + CONNECTED,
                        "web.waitForFile[/c]{timeout=900}",
                        ".startAll[]",
                        "db-1." + STARTED,
                        "db-1." + CONNECTED,
                        "db-1.waitForFile[/d]{timeout=900}",
                        "db-1.crash[]",
                        "db-1.start[]{allowReboot=true, wait=false}");
    }

    @Test
    void filesComeToWhereTheTestsOutputGoes() throws Exception {
        Files.writeString(directory.resolve("here"), "");

        scripts.run("""
                web.copy_from_host("here", "/there")
                web.copy_from_machine("/etc/motd", "sub")
                web.copy_from_vm("/etc/motd")
                web.copy_from_host("here", "there")
                web.copy_from_vm("plots/", "")
                web.screenshot("shot")
                """);

        assertThat(host.heard)
                .contains(
                        "web.copyFromHost[" + directory.resolve("here") + ", /there]",
                        "web.copyFromMachine[/etc/motd, " + directory.resolve("sub") + "]",
                        "web.copyFromMachine[/etc/motd, " + directory + "]",
                        "web.copyFromHost[" + directory.resolve("here") + ", /tmp/there]",
                        "web.copyFromMachine[/tmp/plots/, " + directory + "]",
                        "web.screenshot[" + directory.resolve("shot.png") + "]");
    }

    @Test
    void filesOfTheStoreAreFoundWhereThisHostHasThem() throws Exception {
        Files.createDirectory(directory.resolve("page"));
        Files.writeString(directory.resolve("page/index.html"), "hello");

        scripts.run("""
                from pathlib import Path
                import shutil
                index = "/nix/store/abc-page/index.html"
                assert open(index).read() == "hello" == Path(index).read_text()
                assert os.path.exists(index) and os.listdir("/nix/store/abc-page") == ["index.html"]
                shutil.copy(index, "copy.html")
                assert not os.path.exists("/nix/store/abc-pages")
                web.copy_from_host(index, "/srv/index.html")
                web.wait_until_succeeds(f"cat {index}")
                """);

        assertThat(host.heard)
                .contains("web.copyFromHost[/nix/store/abc-page/index.html, /srv/index.html]")
                .anyMatch(line -> line.contains("cat /nix/store/abc-page/index.html"));
    }

    @Test
    void patternsAreHandedOverAsJavaHasThem() throws Exception {
        scripts.run("""
                web.wait_for_console_text(r"(?P<a>x)(?P=a)\\Z", timeout=9)
                import re
                web.wait_for_text(re.compile("b+"))
                try:
                    web.wait_for_window("(")
                    assert False
                except re.error:
                    pass
                """);

        assertThat(host.heard)
                .contains("web.waitForConsoleText[(?<a>x)\\k<a>\\z]{timeout=9}", "web.waitForText[b+]{timeout=900}");
    }

    @Test
    void eventsOfQemuAreFilteredByTheScript() throws Exception {
        var events = new ArrayDeque<>(List.of(Map.of("event", "STOP"), Map.of("event", "RESUME")));
        host.giving("qmp", Map.of("running", true)).with("waitForQmpEvent", (positional, named) -> {
            if (events.isEmpty()) {
                throw new DeadlineException("no event", "", "");
            }
            return events.remove();
        });

        scripts.run("""
                assert web.qmp_client.send("query-status") == {"return": {"running": True}}
                event = web.wait_for_qmp_event(lambda event: event["event"] == "RESUME")
                assert event == {"event": "RESUME"}
                assert list(web.qmp_client.events()) == []
                try:
                    web.wait_for_qmp_event(lambda event: True, timeout=0)
                    assert False
                except TimeoutError:
                    pass
                """);
    }

    @Test
    void whatElseMachinesCanIsThereToo() throws Exception {
        host.giving("journal", List.of("a", "b"));

        scripts.run("""
                assert web.journal("x", last_lines=3) == ["a", "b"]
                assert not hasattr(web, "dance")
                """);
    }

    @Test
    void namesOfTheTestDriverAreThere() throws Exception {
        scripts.run("""
                from test_driver.errors import MachineError, RequestedAssertionFailed
                from test_driver.machine import QemuMachine, retry as again
                assert machines == [db_1, web] == driver.machines == machines_qemu
                assert machines_nspawn == []
                assert [vlan.nr for vlan in vlans] == [1, 7] and vlan7.nr == 7
                assert "machine" not in globals()
                assert isinstance(web, QemuMachine) and again is retry
                assert store is db_1 and store.name == "db-1"
                assert web.name == "web" and (web.state_dir / "x").name == "x"
                assert os.path.isabs(driver.out_dir)
                for name in (join_all, test_script, run_tests, create_machine, serial_stdout_off, dump_machine_ssh):
                    assert callable(name)
                debug.breakpoint()
                serial_stdout_on()
                tries = []
                retry(lambda last: tries.append(last) or True, timeout_seconds=5)
                assert tries == [False]
                """);

        assertThat(host.heard).contains("console true");
    }

    @Test
    void aMachineOfSomebodyElseIsAdded() throws Exception {
        host.with(
                "createMachine",
                (positional, named) -> Map.of(
                        "name",
                        positional.get(1),
                        "state",
                        directory.resolve("made").toString()));

        scripts.run("""
                assert create_machine("/x/run-far-vm").name == "far"
                near = create_machine("/x/start -m 3", name="near")
                near.wait_for_unit("x")
                assert create_machine({"startCommand": "/y", "name": "old"}).name == "old"
                assert near.state_dir.is_dir()
                """);

        assertThat(host.heard)
                .containsExactly("near." + STARTED, "near." + CONNECTED, "near.waitForUnit[x]{timeout=900}");
    }

    @Test
    void failuresAreThoseOfTheTestDriver() throws Exception {
        host.failing("succeed", new LabException(ExitCode.CHECK_FAILED, "web: it failed", "", ""))
                .failing("waitForUnit", new DeadlineException("too long", "", ""))
                .failing("block", LabException.host("it ended", "web", ""))
                .failing("unblock", LabException.input("no such thing", "", ""));

        scripts.run("""
                from test_driver.errors import MachineError, RequestedAssertionFailed

                def raised(call):
                    try:
                        call()
                    except Exception as failure:
                        return failure

                assert isinstance(raised(lambda: web.succeed("x")), RequestedAssertionFailed)
                assert str(raised(lambda: web.succeed("x"))) == "web: it failed"
                assert isinstance(raised(lambda: web.wait_for_unit("x")), RequestedAssertionFailed)
                assert isinstance(raised(web.block), MachineError)
                assert not isinstance(raised(web.unblock), MachineError)
                assert isinstance(raised(lambda: t.assertEqual(1, 2)), RequestedAssertionFailed)
                """);
    }
}

package org.nixlab.scenario.python;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;

/** What a script fails with: the words, the exit code, and the script's own line. */
class TestScriptFailureTest {
    @TempDir
    Path directory;

    private final FakeTestHost host = new FakeTestHost();
    private ScriptRunner scripts;

    @BeforeEach
    void prepare() {
        scripts = new ScriptRunner(directory, host);
    }

    @Test
    void whereItFailsTheUserFindsItsNames() throws IOException {
        host.typed.addAll(List.of("found + 1", "for i in range(2):", "    print(i + found)", "", "nosuch"));

        scripts.failureOf("""
                def look():
                    found = 41
                    assert found == 42, "wrong"
                look()
                """);

        assertThat(host.heard)
                .startsWith(
                        "stopped assertion failed: wrong at test.py:3: assert found == 42, \"wrong\"\ntest.py:4: look()")
                .contains("say 42", "say 41")
                .anyMatch(line -> line.contains("name 'nosuch' is not defined"));
    }

    @Test
    void aFailureOfAMachineNamesTheLineThatAsked() throws Exception {
        host.failing("succeed", new LabException(ExitCode.CHECK_FAILED, "web: 'x' exited with 7", "", "look at it"));

        var failure = scripts.failureOf("""
                start_all()

                web.succeed(
                    "x",
                )
                """);

        assertThat(failure).hasMessage("web: 'x' exited with 7");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(failure.place()).isEqualTo("test.py:3: web.succeed(");
        assertThat(failure.hint()).isEqualTo("look at it");
    }

    @Test
    void theInnermostLineOfTheScriptIsNamedFirst() throws Exception {
        host.failing("waitForUnit", new DeadlineException("timed out", "", ""));

        var failure = scripts.failureOf("""
                def ready(machine):
                    machine.wait_for_unit("x")

                def all_ready():
                    for machine in machines:
                        ready(machine)

                all_ready()
                """);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.TIMEOUT);
        assertThat(failure.place()).isEqualTo("""
                test.py:2: machine.wait_for_unit("x")
                test.py:6: ready(machine)
                test.py:8: all_ready()""");
    }

    @Test
    void aDeadMachineIsTheHostsFailure() throws Exception {
        host.failing("execute", LabException.host("web: the guest panicked", "", ""));

        var failure = scripts.failureOf("web.execute('x')\n");

        assertThat(failure).hasMessage("web: the guest panicked");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
    }

    @Test
    void assertionsSayWhatTheyCan() throws Exception {
        assertThat(scripts.failureOf("assert 1 == 2\n")).hasMessage("an assertion did not hold");
        assertThat(scripts.failureOf("assert 1 == 2, 'numbers'\n")).hasMessage("assertion failed: numbers");
        assertThat(scripts.failureOf("t.assertIn('a', ['b'])\n")).hasMessage("'a' not found in ['b']");
    }

    @Test
    void failuresOfPythonSayTheirKind() throws Exception {
        var failure = scripts.failureOf("""
                import json
                json.loads("{")
                """);

        assertThat(failure.getMessage()).contains("JSONDecodeError: Expecting property name");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(failure.place()).isEqualTo("test.py:2: json.loads(\"{\")");
    }

    @Test
    void whatIsNoPythonIsTheUsersMistakeAndNothingIsAsked() throws Exception {
        var failure = scripts.failureOf("""
                start_all()
                with subtest("x")
                    pass
                """);

        assertThat(failure.getMessage()).startsWith("syntax error: ");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(failure.place()).isEqualTo("test.py:2: with subtest(\"x\")");
        assertThat(host.heard).isEmpty();
    }

    @Test
    void aScriptMayEndItself() throws Exception {
        scripts.run("import sys\nsys.exit()\n");
        scripts.run("with subtest('all'): raise SystemExit(0)\n");
        assertThat(host.heard).containsExactly("begin all", "end all");

        var failure = scripts.failureOf("import sys\n\nsys.exit(3)\n");

        assertThat(failure).hasMessage("the script ended with 3");
        assertThat(failure.place()).isEqualTo("test.py:3: sys.exit(3)");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void subtestsAreStepsOfWhichTheFirstFailureEndsTheScript() throws Exception {
        var failure = scripts.failureOf("""
                with subtest("one"):
                    print("in it")
                with subtest("two"):
                    with subtest("inner"):
                        assert False, "no"
                with subtest("three"):
                    pass
                """);

        assertThat(host.heard)
                .containsExactly(
                        "begin one", "say in it", "end one", "begin two", "begin inner", "fail inner", "fail two");
        // Whoever tells of failures knows by that what has been told.
        assertThat(host.failedSteps).containsExactly(failure, failure);
        assertThat(failure.place()).isEqualTo("test.py:5: assert False, \"no\"");
    }

    @Test
    void aScriptMayGoOnAfterASubtest() throws Exception {
        scripts.run("""
                try:
                    with subtest("one"):
                        raise ValueError("x")
                except ValueError:
                    pass
                with subtest("two"):
                    web.wait_for_unit("x")
                """);

        assertThat(host.heard).contains("fail one", "web.waitForUnit[x]{timeout=900}", "end two");
    }

    @Test
    void whatTheScriptPrintsComesInItsOrder() throws Exception {
        scripts.run("""
                import subprocess
                import sys
                print("one")
                web.log("two")
                print("a", end="")
                log.info("three")
                print("b ü")
                print("oops", file=sys.stderr)
                with web.nested("inside"):
                    print("last", end="")
                subprocess.run(["sh", "-c", "echo from a program; echo its error >&2"])
                """);

        assertThat(host.heard)
                .containsSubsequence(
                        "say one",
                        "say web: two",
                        "say three",
                        "say ab ü",
                        "complain oops",
                        "say web: inside",
                        "say last")
                .contains("say from a program", "complain its error");
    }
}

package org.nixlab.scenario.python;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How scripts end that do not end by themselves, and what becomes of their threads and programs. */
@Timeout(120)
class TestScriptEndTest {
    private static final Deadline LATE = Deadline.in(Duration.ofMinutes(5));

    @TempDir
    Path directory;

    private final FakeTestHost host = new FakeTestHost();
    private ScriptRunner scripts;

    @BeforeEach
    void prepare() {
        scripts = new ScriptRunner(directory, host);
    }

    @Test
    void eachThreadAsksOnAConnectionOfItsOwn() throws Exception {
        var both = new CyclicBarrier(2);
        host.with("waitForUnit", (positional, named) -> both.await());

        scripts.run("""
                import threading
                start_all()
                threads = [threading.Thread(target=machine.wait_for_unit, args=("x",)) for machine in machines]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                """);
    }

    @Test
    void aForkedChildDoesNotTalkOnItsParentsConnection() throws Exception {
        host.with("getConsoleLog", (positional, named) -> "log");

        scripts.run("""
                web.get_console_log()
                child = os.fork()
                if child == 0:
                    os._exit(0 if web.get_console_log() == "log" else 1)
                assert web.get_console_log() == "log"
                assert os.waitpid(child, 0)[1] == 0
                """);
    }

    @Test
    void aKilledPythonEndsTheRunWithItsReason() throws Exception {
        var failure = scripts.failureOf("""
                with subtest("one"):
                    web.log("here")
                    os.kill(os.getpid(), 9)
                """);

        assertThat(failure).hasMessage("python3 was killed by SIGKILL before the script had come to its end");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
        assertThat(failure.place()).isEqualTo("test.py:2: web.log(\"here\")");
        assertThat(host.heard).contains("fail one");
    }

    @Test
    void aPythonThatLeavesByTheBackDoorHasNotPassed() throws Exception {
        assertThat(scripts.failureOf("os._exit(0)\n"))
                .hasMessage("python3 ended with 0 before the script had come to its end");
    }

    @Test
    void anInterruptEndsAScriptThatLoopsInPython() throws Exception {
        assertInterrupted("""
                print("go")
                while True:
                    pass
                """);
    }

    @Test
    void anInterruptEndsAScriptThatWantsToHearOfNothing() throws Exception {
        assertInterrupted("""
                import signal
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                while True:
                    try:
                        print("go")
                        while True:
                            pass
                    except BaseException:
                        pass
                """);
    }

    @Test
    void anInterruptedScriptMayTidyUp() throws Exception {
        assertInterrupted("""
                import atexit
                from pathlib import Path
                atexit.register(Path("left").touch)
                try:
                    print("go")
                    while True:
                        pass
                finally:
                    print("tidied")
                """);

        assertThat(host.heard).containsExactly("say go", "say tidied");
        assertThat(directory.resolve("left")).exists();
    }

    @Test
    void anInterruptEndsTheCallThatGoesOn() throws Exception {
        var interrupted = new CountDownLatch(1);
        host.with("waitForUnit", (positional, named) -> {
            host.say("go");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return null;
        });

        assertInterrupted("""
                try:
                    web.wait_for_unit("x")
                finally:
                    web.succeed("too late")
                """);

        interrupted.await();
        assertThat(host.heard).noneMatch(line -> line.contains("too late"));
    }

    @Test
    void whereAnInterruptedScriptStoodIsKnown() {
        var run = scripts.of("""
                import time

                while True: print("go")
                """);
        interruptAt("say go");

        assertThatThrownBy(() -> run.run(LATE)).isInstanceOf(CancelledException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.placed(new DeadlineException("too long", "", "")).place())
                .isEqualTo("test.py:3: while True: print(\"go\")");
    }

    @Test
    void aScriptThatHangsEndsAtTheDeadline() throws Exception {
        var run = scripts.of("while True: pass\n");

        assertThatThrownBy(() -> run.run(Deadline.in(Duration.ofSeconds(1))))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("the script did not end in time");
        scripts.assertNothingIsLeft();
    }

    @Test
    void whatAScriptStartedEndsWithIt() throws Exception {
        scripts.run("""
                import subprocess
                program = subprocess.Popen(["sleep", "600"])
                web.log(program.pid)
                """);

        var pid = Long.parseLong(host.heard.get(0).replace("say web: ", ""));
        ProcessHandle.of(pid).ifPresent(program -> program.onExit().join());
    }

    @Test
    void threadsThatWaitForAMachineDoNotOutliveTheScript() throws Exception {
        var begun = new CountDownLatch(1);
        host.with("waitForUnit", (positional, named) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return null;
        });
        host.with("waitForFile", (positional, named) -> {
            begun.await();
            return null;
        });

        scripts.run("""
                import threading
                threading.Thread(target=web.wait_for_unit, args=("x",)).start()
                web.wait_for_file("/x")
                """);
    }

    @Test
    void pythonEndsWithNixlab() throws Exception {
        var script = ScriptRunner.script(directory, "print('go')\nwhile True: pass\n");
        var python = PythonInterpreter.ofHost();
        var parent = Files.createDirectory(directory.resolve("run"));
        try (var files = ScriptFiles.write(script, parent)) {
            var begun = new CountDownLatch(1);
            host.when("say go", begun::countDown);
            var server = CallServer.listen(files.socket(), host, new Failures(script));
            var command = python.command(files.module(ScriptFiles.RUNS), files.config());
            try (var process =
                    HostProcess.start(command, OutputStream.nullOutputStream(), OutputStream.nullOutputStream())) {
                begun.await();
                server.close();

                process.ended().join();
                assertThat(parent).doesNotExist();
            }
        }
    }

    @Test
    void aMissingPythonIsNamed() {
        var run = new PythonRun(
                ScriptRunner.script(directory, ""), host, new PythonInterpreter("no-such-python"), directory);

        assertThatThrownBy(() -> run.run(LATE)).isInstanceOfSatisfying(LabException.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
            assertThat(failure.hint()).isEqualTo("install the Debian package python3");
        });
    }

    @Test
    void aPythonThatIsTooOldIsRefused() throws Exception {
        var old = Files.writeString(directory.resolve("python3"), "#!/bin/sh\necho 3 8\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();
        var run = new PythonRun(
                ScriptRunner.script(directory, ""), host, new PythonInterpreter(old.toString()), directory);

        assertThatThrownBy(() -> run.run(LATE))
                .isInstanceOf(LabException.class)
                .hasMessage(old + " is Python 3.8, and tests of NixOS take 3.9 or newer");
    }

    private void assertInterrupted(String script) throws Exception {
        interruptAt("say go");

        assertThatThrownBy(() -> scripts.of(script).run(LATE)).isInstanceOf(CancelledException.class);

        assertThat(Thread.interrupted()).isTrue();
        scripts.assertNothingIsLeft();
    }

    /** Interrupts this thread as soon as something is heard. */
    private void interruptAt(String sign) {
        var runner = Thread.currentThread();
        host.when(sign, runner::interrupt);
    }
}

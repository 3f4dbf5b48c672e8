package org.nixlab.process;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class HostProcessTest {
    private final Deadline soon = Deadline.in(Duration.ofSeconds(10));

    @Test
    void whoeverListensCannotHoldAProgramUp() {
        var broken = new OutputStream() {
            @Override
            public void write(int b) {
                throw new IllegalStateException("no more");
            }
        };
        // More than a pipe holds.
        var command = HostCommand.of("sh", "-c", "head -c 300000 /dev/zero; echo end >&2");

        var result =
                HostProcess.run(command, broken, OutputStream.nullOutputStream(), Deadline.in(Duration.ofSeconds(10)));

        assertThat(result.err()).isEqualTo("end\n");
        assertThat(result.output()).hasSize(300000);
    }

    @Test
    void ofVeryManyErrorsTheEndIsKept() {
        var command = HostCommand.of("sh", "-c", "(head -c 50000000 /dev/zero; echo last) >&2");

        var errors = HostProcess.run(command, soon).err();

        assertThat(errors.length()).isBetween(16 << 20, 32 << 20);
        assertThat(errors.endsWith("last\n")).isTrue();
    }

    @Test
    void outputOfWhichSomethingIsMissingIsNotTakenForAll() {
        var kept = new KeptEnd(10);
        for (int i = 0; i < 3; i++) {
            kept.add(new byte[9], 9);
        }
        var result = new ProcessResult(HostCommand.of("nix"), 0, kept, new KeptEnd(10));

        assertThat(result.out()).hasSize(18);
        assertThatThrownBy(result::output)
                .isInstanceOf(LabException.class)
                .hasMessage("nix printed more than nixlab can read");
    }

    @Test
    void whoStaysBehindKeepsNoOutputBack() {
        var result = HostProcess.run(
                HostCommand.of("sh", "-c", "echo out; echo err >&2; sleep 60 &"), Deadline.in(Duration.ofHours(1)));

        assertThat(result.out()).isEqualTo("out\n");
        assertThat(result.err()).isEqualTo("err\n");
    }

    @Test
    void keepsOutputErrorsAndExitCodeApart() {
        var result = HostProcess.run(HostCommand.of("bash", "-c", "echo out; echo err >&2; exit 3"), soon);

        assertThat(result.out()).isEqualTo("out\n");
        assertThat(result.err()).isEqualTo("err\n");
        assertThat(result.exitCode()).isEqualTo(3);
    }

    @Test
    void inputIsFedAndEnvironmentAndDirectoryAreSet(@TempDir Path directory) {
        var command = HostCommand.of("bash", "-c", "cat; echo $NAME; pwd")
                .input("fed\n".getBytes(UTF_8))
                .environment("NAME", "value")
                .in(directory);

        assertThat(HostProcess.run(command, soon).out()).isEqualTo("fed\nvalue\n" + directory + "\n");
    }

    @Test
    void outputIsStreamedAsItComes() {
        var seen = new ByteArrayOutputStream();

        HostProcess.run(HostCommand.of("echo", "hello"), seen, OutputStream.nullOutputStream(), soon);

        assertThat(seen.toString(UTF_8)).isEqualTo("hello\n");
    }

    @Test
    void deadlineKillsTheWholeGroup(@TempDir Path directory) throws Exception {
        var pidFile = directory.resolve("pid");
        var command = HostCommand.of("bash", "-c", "sleep 600 & echo $! > new; mv new " + pidFile + "; wait")
                .in(directory);

        try (var running = begun(command, pidFile)) {
            assertThatThrownBy(() -> running.await(Deadline.in(Duration.ZERO)))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessage("timed out running bash");
        }
        long child = Long.parseLong(Files.readString(pidFile).strip());
        ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
    }

    @Test
    void whoIsGrantedTimeTidiesUpFirst(@TempDir Path directory) {
        var begun = directory.resolve("begun");
        var tidied = directory.resolve("tidied");
        var command = HostCommand.of(
                        "bash",
                        "-c",
                        "trap 'touch " + tidied + "; exit' TERM; touch " + begun + "; while :; do sleep 0.1; done")
                .grace(Duration.ofSeconds(10));

        try (var running = begun(command, begun)) {
            assertThatThrownBy(() -> running.await(Deadline.in(Duration.ZERO))).isInstanceOf(DeadlineException.class);
        }
        assertThat(tidied).exists();
    }

    @Test
    void anInterruptIsHeardByTheProgram(@TempDir Path directory) {
        var begun = directory.resolve("begun");
        var command = HostCommand.of(
                "bash", "-c", "trap 'echo heard; exit' INT; touch " + begun + "; while :; do sleep 0.1; done");

        try (var running = begun(command, begun)) {
            running.interrupt();

            running.ended().join();
            assertThat(running.await(soon).out()).isEqualTo("heard\n");
        }
    }

    @Test
    void whoTakesLongerThanIsGrantedIsKilled(@TempDir Path directory) {
        var begun = directory.resolve("begun");
        var command = HostCommand.of("bash", "-c", "trap '' TERM; touch " + begun + "; while :; do sleep 600; done")
                .grace(Duration.ofMillis(100));

        try (var running = begun(command, begun)) {
            assertThatThrownBy(() -> running.await(Deadline.in(Duration.ZERO))).isInstanceOf(DeadlineException.class);
            ProcessHandle.of(running.pid()).ifPresent(handle -> handle.onExit().join());
        }
    }

    @Test
    void interruptEndsTheProgramAndKeepsTheFlag() throws Exception {
        var outcome = new Object() {
            Throwable thrown;
            boolean flag;
        };
        var runner = new Thread(() -> {
            try {
                HostProcess.run(HostCommand.of("sleep", "600"), soon);
            } catch (CancelledException e) {
                outcome.thrown = e;
                outcome.flag = Thread.currentThread().isInterrupted();
            }
        });

        runner.start();
        runner.interrupt();
        runner.join();

        assertThat(outcome.thrown).hasMessage("sleep was interrupted");
        assertThat(outcome.flag).isTrue();
    }

    @Test
    void missingDirectoryIsNamed() {
        var command = HostCommand.of("true").in(Path.of("/does/not/exist"));

        assertThatThrownBy(() -> HostProcess.run(command, soon))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("could not start true");
    }

    /** Starts a command, and waits for the file by which it says that it has begun. */
    private HostProcess begun(HostCommand command, Path sign) {
        var running = HostProcess.start(command, OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        Await.host().until(new Condition("the begin", () -> new Observation(Files.exists(sign), ""), ""), soon);
        return running;
    }
}

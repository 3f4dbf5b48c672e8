package org.nixlab.scenario.python;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Polling conditions are looked at when nixlab wants to, while the script goes on. */
@Timeout(120)
class PollingConditionTest {
    @TempDir
    Path directory;

    private final FakeTestHost host = new FakeTestHost();
    private ScriptRunner scripts;

    @BeforeEach
    void prepare() {
        scripts = new ScriptRunner(directory, host);
    }

    @Test
    void aConditionIsWatchedWhileTheScriptWaits() throws Exception {
        var looks = new CountDownLatch(3);
        host.with("execute", (positional, named) -> {
            looks.countDown();
            return FakeTestHost.result(0, "");
        });
        host.with("waitForUnit", (positional, named) -> {
            looks.await();
            return null;
        });

        scripts.run("""
                start_all()

                @polling_condition(seconds_interval=0.01, description="it runs")
                def running():
                    return web.execute("pgrep it")[0] == 0

                with running:
                    web.wait_for_unit("x")
                print("after")
                """);

        assertThat(host.heard)
                .containsSubsequence("watch it runs every 10 ms", "unwatch it runs", "say after")
                .noneMatch(line -> line.startsWith("broke"));
    }

    @Test
    void aConditionThatBreaksEndsTheScript() {
        var looks = new AtomicInteger();
        host.with("succeed", (positional, named) -> {
            if (looks.incrementAndGet() > 2) {
                throw new LabException(ExitCode.CHECK_FAILED, "no such process", "", "");
            }
            return "";
        });
        var run = scripts.of("""
                start_all()

                @polling_condition(seconds_interval=0.01)
                def running():
                    "it runs"
                    web.succeed("pgrep it")

                with running:
                    while True: pass
                """);

        assertThatThrownBy(() -> run.run(Deadline.in(Duration.ofMinutes(2)))).isInstanceOf(CancelledException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(host.heard)
                .contains("watch it runs every 10 ms", "broke: polling condition failed: it runs", "unwatch it runs");
    }

    @Test
    void aConditionCanBeWaitedFor() throws Exception {
        scripts.run("""
                tries = []

                @polling_condition
                def third_time():
                    tries.append(1)
                    assert len(tries) == 2

                third_time.wait()
                third_time.wait(timeout=5) if False else None
                assert len(tries) == 2
                """);
    }

    @Test
    void aConditionThatIsWaitedForInVainFailsTheScript() throws Exception {
        var failure = scripts.failureOf("""
                @polling_condition
                def never():
                    return False

                never.wait(timeout=0)
                """);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.TIMEOUT);
        assertThat(failure.place()).isEqualTo("test.py:5: never.wait(timeout=0)");
    }

    @Test
    void conditionsOfAnEndedScriptAreLookedAtNoMore() throws Exception {
        scripts.run("""
                @polling_condition
                def fine():
                    pass

                fine.__enter__()
                """);

        assertThat(host.heard).containsExactly("watch fine every 2000 ms", "unwatch fine");
    }
}

package org.nixlab.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class DaemonTest {
    private final Deadline soon = Deadline.in(Duration.ofSeconds(10));

    @TempDir
    Path directory;

    @Test
    void outputGoesToTheLog() throws Exception {
        Daemon.start(HostCommand.of("bash", "-c", "echo out; echo err >&2"), log(), log())
                .awaitEnd(soon);

        assertThat(Files.readString(log())).isEqualTo("out\nerr\n");
    }

    @Test
    void isFoundAgainByNumberAndStartTime() {
        var daemon = Daemon.start(HostCommand.of("sleep", "600"), log(), log());

        assertThat(new Daemon(daemon.pid(), daemon.startTicks()).isAlive()).isTrue();
        assertThat(new Daemon(daemon.pid(), daemon.startTicks() + 1).isAlive()).isFalse();

        daemon.kill();
        daemon.awaitEnd(soon);
        assertThat(daemon.isAlive()).isFalse();
    }

    @Test
    void isFoundAgainThroughItsFile() {
        var daemon = Daemon.start(HostCommand.of("sleep", "600"), log(), log());

        daemon.save(directory.resolve("state"));

        assertThat(Daemon.load(directory.resolve("state"))).contains(daemon);
        assertThat(Daemon.load(directory.resolve("none"))).isEmpty();
        daemon.kill();
    }

    @Test
    void killingEndsItsChildrenToo() throws Exception {
        var pidFile = directory.resolve("pid");
        var daemon = Daemon.start(
                HostCommand.of(
                        "bash",
                        "-c",
                        "sleep 600 & echo $! > " + pidFile + ".new; mv " + pidFile + ".new " + pidFile + "; wait"),
                log(),
                log());
        Await.host().until(new Condition("the child", () -> new Observation(Files.exists(pidFile), ""), ""), soon);
        long child = Long.parseLong(Files.readString(pidFile).strip());

        daemon.kill();

        ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
        daemon.awaitEnd(soon);
    }

    private Path log() {
        return directory.resolve("log");
    }
}

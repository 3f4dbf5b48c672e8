package org.nixlab.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class DaemonTest {
    /** A signal that comes before its trap ends a child as it ends any other. */
    private static final String TRAPPED = "touch trapped";

    private static final String AWAIT_TRAPPED = " until [[ -e trapped ]]; do sleep 0.05; done;";

    private final Deadline soon = Deadline.in(Duration.ofSeconds(10));

    @TempDir
    Path directory;

    @Test
    void outputGoesToTheLog() throws Exception {
        Daemon.start(HostCommand.of("bash", "-c", "echo out; echo err >&2"), log(), log())
                .awaitEnd(soon);

        assertThat(Files.readString(log())).isEqualTo("out\nerr\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log())))
                .isEqualTo("rw-------");
    }

    @Test
    void noneIsTakenForEndedForWantOfFiles() throws IOException {
        var daemon = Daemon.start(HostCommand.of("sleep", "600"), log(), log());
        var taken = new ArrayList<Closeable>();
        limitFiles(500);
        try {
            assertThatThrownBy(() -> {
                        // What others still close makes room again.
                        while (true) {
                            takeAllFiles(taken);
                            assertThat(daemon.isAlive()).isTrue();
                        }
                    })
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Too many open files");
        } finally {
            for (var file : taken) {
                file.close();
            }
            limitFiles(10_000);
        }
        assertThat(daemon.isAlive()).isTrue();
        daemon.kill();
    }

    private void takeAllFiles(List<Closeable> taken) {
        assertThatThrownBy(() -> {
                    while (true) {
                        taken.add(FileChannel.open(log()));
                    }
                })
                .hasMessageContaining("Too many open files");
    }

    private void limitFiles(int most) {
        var self = Long.toString(ProcessHandle.current().pid());
        var done = HostProcess.run(HostCommand.of("prlimit", "--pid", self, "--nofile=" + most + ":"), soon);
        assertThat(done.succeeded()).as(done.err()).isTrue();
    }

    @Test
    void isFoundAgainByNumberAndStartTime() {
        var daemon = Daemon.start(HostCommand.of("sleep", "600"), log(), log());

        assertThat(new Daemon(daemon.pid(), daemon.startTicks(), daemon.boot()).isAlive())
                .isTrue();
        assertThat(new Daemon(daemon.pid(), daemon.startTicks() + 1, daemon.boot()).isAlive())
                .isFalse();

        daemon.kill();
        daemon.awaitEnd(soon);
        assertThat(daemon.isAlive()).isFalse();
    }

    /** As a QEMU that was killed while a thread of its own still writes to the disk. */
    @Test
    @EnabledOnOs(architectures = "amd64")
    void livesAsLongAsItsLastThread() {
        var leaderExits = "threads->create(sub { sleep 600 }); syscall(60, 0)";
        var daemon = Daemon.start(HostCommand.of("perl", "-Mthreads", "-e", leaderExits), log(), log());
        awaitZombie(daemon);

        assertThat(daemon.isAlive()).isTrue();

        daemon.kill();
        daemon.awaitEnd(soon);
    }

    private void awaitZombie(Daemon daemon) {
        var stat = Path.of("/proc", Long.toString(daemon.pid()), "stat");
        Await.host()
                .until(
                        new Condition(
                                "the end of the first thread",
                                () -> {
                                    try {
                                        var state = Files.readString(stat);
                                        return new Observation(state.contains(") Z "), state);
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                },
                                ""),
                        soon);
    }

    @Test
    void isFoundAgainThroughItsFile() {
        var daemon = Daemon.start(HostCommand.of("sleep", "600"), log(), log());

        daemon.save(directory.resolve("state"));

        assertThat(Daemon.load(directory.resolve("state"))).contains(daemon);
        assertThat(Daemon.load(directory.resolve("none"))).isEmpty();
        daemon.kill();
    }

    /** Numbers and start times are counted anew with each boot. */
    @Test
    void aProcessOfAnotherBootIsAnother() throws Exception {
        var daemon = Daemon.start(HostCommand.of("sleep", "600"), log(), log());
        var file = directory.resolve("state");
        daemon.save(file);

        Files.writeString(file, Files.readString(file).replace(daemon.boot(), "7f3d7a5e-another-boot"));
        var another = Daemon.load(file).orElseThrow();
        assertThat(another.isAlive()).isFalse();
        another.kill();
        assertThat(daemon.isAlive()).isTrue();

        Files.writeString(file, daemon.pid() + " " + daemon.startTicks() + "\n");
        assertThat(Daemon.load(file)).get().matches(Daemon::isAlive, "as an earlier nixlab wrote it");
        daemon.kill();
    }

    @Test
    void aFileOfAnythingNamesNoProcess() throws Exception {
        for (var content : List.of("", " ", "1", "1 2 3 4", "-1 2", "x y", "99999999999999999999 1", "\0\377\n")) {
            Files.writeString(directory.resolve("state"), content, StandardCharsets.ISO_8859_1);

            assertThat(Daemon.load(directory.resolve("state"))).as(content).isEmpty();
        }
    }

    @Test
    void itsAgeIsThatOfTheProcess() {
        var daemon = Daemon.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(daemon.age()).isPositive();
        assertThat(new Daemon(daemon.pid(), Long.MAX_VALUE / 1000, daemon.boot()).age())
                .isZero();
    }

    @Test
    void canBeKilledRightAfterItsStart() {
        for (int i = 0; i < 20; i++) {
            var daemon = Daemon.start(HostCommand.of("sleep", "600"), log(), log());
            daemon.kill();
            daemon.awaitEnd(soon);
        }
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

        daemon.awaitEnd(soon);
        awaitEnd(child);
    }

    @Test
    void whatItStartedMayEndInItsOwnWay() throws Exception {
        var last = directory.resolve("last");
        var daemon = started("(trap '' HUP; " + TRAPPED
                + "; while kill -0 $$ 2>/dev/null; do sleep 0.05; done; echo bye > " + last + ") & " + AWAIT_TRAPPED);

        daemon.killAlone();
        daemon.awaitEnd(soon);
        daemon.endRest("OWNER", "test", soon);

        assertThat(last).hasContent("bye");
    }

    @Test
    void whatDoesNotEndWithItIsKilled() throws Exception {
        var daemon = started("sleep 600 & echo $! > " + directory.resolve("pid") + ";");
        long child = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        daemon.killAlone();
        daemon.awaitEnd(soon);
        assertThat(ProcessHandle.of(child)).isPresent();

        daemon.endRest("OWNER", "test", Deadline.in(Duration.ZERO));

        awaitEnd(child);
    }

    @Test
    void aLaterSessionOfTheSameNumberIsLeftAlone() throws Exception {
        var last = directory.resolve("last");
        var stranger = started("(trap 'echo bye > " + last + "; exit' TERM; " + TRAPPED
                + "; while true; do sleep 0.05; done) & echo $! > " + directory.resolve("pid") + ";" + AWAIT_TRAPPED);
        var child = ProcessHandle.of(Long.parseLong(
                        Files.readString(directory.resolve("pid")).strip()))
                .orElseThrow();
        var before = new Daemon(stranger.pid(), stranger.startTicks() - 1, stranger.boot());

        before.endRest("OWNER", "another", Deadline.in(Duration.ZERO));

        child.destroy();
        try {
            Await.host().until(new Condition("its end", () -> new Observation(Files.exists(last), ""), ""), soon);
        } finally {
            stranger.kill();
        }
    }

    private void awaitEnd(long pid) {
        Daemon.of(pid).ifPresent(process -> process.awaitEnd(soon));
    }

    /** Starts a bash that runs some words, and waits until they are through. */
    private Daemon started(String words) {
        var ready = directory.resolve("ready");
        var daemon = Daemon.start(
                HostCommand.of("bash", "-c", words + " touch " + ready + "; exec sleep 600")
                        .environment("OWNER", "test")
                        .in(directory),
                log(),
                log());
        Await.host().until(new Condition("the start", () -> new Observation(Files.exists(ready), ""), ""), soon);
        return daemon;
    }

    private Path log() {
        return directory.resolve("log");
    }
}

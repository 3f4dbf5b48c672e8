package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Closer;
import org.nixlab.base.Condition;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Phase;
import org.nixlab.model.Selector;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Labs of single runs on guests: side by side, beside the lab that stays, and after the death of who made one. */
@Timeout(1200)
final class FreshLabIT {
    private static final String NETWORK = "{ web.virtualisation.memorySize = 160; }\n";

    @TempDir
    private Path directory;

    @Test
    void runsMeetNeitherEachOtherNorTheLabThatStays() {
        try (var own = new TestLab(directory, NETWORK)) {
            own.run();
            own.succeed("web", "echo own >/root/mark");
            var labs = new LocalLabs(new Host(directory, System.getenv()));
            try (var first = fresh(labs);
                    var second = fresh(labs);
                    var ends = new Closer()) {
                ends.register(() -> first.discard(TestLab.minutes(1)));
                ends.register(() -> second.discard(TestLab.minutes(1)));
                start(first);
                start(second);

                assertThat(succeed(first, "ls /root; echo first >/root/mark")).isEmpty();
                assertThat(succeed(second, "ls /root")).isEmpty();
                assertThat(first.machine("web").phase()).isEqualTo(Phase.BACKDOOR);
                var gone = new LabDirectory(directory, first.name());
                var runtime = gone.runtime();
                first.discard(TestLab.minutes(1));

                assertThat(gone.state()).doesNotExist();
                assertThat(runtime).doesNotExist();
                assertThat(directory.resolve("result")).doesNotExist();
                assertThat(succeed(second, "echo on")).isEqualTo("on\n");
                assertThat(own.succeed("web", "cat /root/mark")).isEqualTo("own\n");
                second.discard(TestLab.minutes(1));
                assertThat(own.succeed("web", "cat /root/mark")).isEqualTo("own\n");
            }
        }
    }

    @Test
    void whatSomebodyWhoWasKilledHasLeftGoesWithTheNextRun() throws IOException {
        Files.writeString(directory.resolve("network.nix"), NETWORK);
        var log = directory.resolve("log");
        var killed = Daemon.start(
                HostCommand.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Runner.class.getName(),
                                directory.toString())
                        .in(Path.of("").toAbsolutePath()),
                log,
                log);
        var place = new LabDirectory(directory, "scenario@1");
        awaitLine(log, "started");
        killed.kill();
        killed.awaitEnd(TestLab.minutes(1));
        var qemu = Daemon.load(place.machine("web").process()).orElseThrow();
        assertThat(qemu.isAlive()).isTrue();
        var runtime = place.runtime();

        var labs = new LocalLabs(new Host(directory, System.getenv()));
        try (var next = fresh(labs)) {
            assertThat(qemu.isAlive()).isFalse();
            assertThat(runtime).doesNotExist();
            assertThat(place.state()).doesNotExist();
            assertThat(directory.resolve(".scenario@1.nix")).doesNotExist();

            next.discard(TestLab.minutes(1));
        }

        assertThat(directory).isDirectoryNotContaining("glob:**/.nixlab");
    }

    /** Starts a machine of a network of its own, and waits to be killed. */
    static final class Runner {
        public static void main(String[] arguments) throws InterruptedException {
            var directory = Path.of(arguments[0]);
            var lab = new LocalLabs(new Host(directory, System.getenv()))
                    .freshOf(NETWORK, request(directory, "scenario.groovy"), Progress.NONE, TestLab.minutes(10));
            lab.run(Selector.ALL, Lab.RunRequest.until(Lab.Until.STARTED), Progress.NONE, TestLab.minutes(10));
            System.out.println("started");
            new CountDownLatch(1).await();
        }
    }

    private Lab fresh(Labs labs) {
        return labs.fresh(request(directory, "network.nix"), Progress.NONE, TestLab.minutes(10));
    }

    private static LoadRequest request(Path directory, String file) {
        return LoadRequest.of(file, directory).withGuestSystem(GuestSystem.DEBIAN);
    }

    private static void start(Lab lab) {
        var found = lab.run(Selector.ALL, Lab.RunRequest.until(Lab.Until.STARTED), Progress.NONE, TestLab.minutes(10));
        assertThat(found).extracting(MachineStatus::failedUnits).containsExactly(List.of());
    }

    private static String succeed(Lab lab, String command) {
        var result = lab.machine("web").execute(ExecRequest.of(command), TestLab.minutes(5));
        assertThat(result.exitCode()).as(command).isZero();
        return result.getOut();
    }

    private static void awaitLine(Path log, String line) {
        var printed = new Condition(
                line,
                () -> {
                    try {
                        var text = Files.readString(log);
                        return new Condition.Observation(text.lines().anyMatch(line::equals), text);
                    } catch (IOException e) {
                        return Condition.Observation.unmet(e.toString());
                    }
                },
                "");
        Await.host().until(printed, TestLab.minutes(10));
    }
}

package org.nixlab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.Phase;
import org.nixlab.model.Selector;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.OutputSink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What users get when machines misbehave. */
@Timeout(1200)
class LabFailureIT {
    @TempDir
    Path directory;

    @Test
    void aPanicAndADeathAreSaidAtOnceWithTheConsole() {
        try (var lab = new TestLab(directory, "{ m = { }; }")) {
            lab.run();

            assertThatThrownBy(() -> lab.execute("m", "echo c > /proc/sysrq-trigger; sleep 60"))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("m: the guest's kernel panicked")
                    .hasMessageContaining("sysrq")
                    // Said once is enough.
                    .hasNoSuppressedExceptions();
            assertThat(lab.lab().status(Selector.ALL, TestLab.minutes(1)).get(0).phase())
                    .isEqualTo(Phase.FAILED);

            lab.run();
            lab.lab().machine("m").monitor().qmp("quit", TestLab.minutes(1));
            assertThatThrownBy(() -> lab.execute("m", "true"))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("m: the machine ended without being asked to");
        }
    }

    @Test
    void aMachineThatPowersItselfOffHasStopped() {
        try (var lab = new TestLab(directory, "{ m = { }; }")) {
            lab.run();

            lab.execute("m", "systemctl poweroff");
            var seen = EnumSet.noneOf(Phase.class);
            Await.guest()
                    .until(
                            new Condition(
                                    "its end",
                                    () -> {
                                        var phase = lab.lab()
                                                .status(Selector.ALL, TestLab.minutes(1))
                                                .get(0)
                                                .phase();
                                        seen.add(phase);
                                        return new Condition.Observation(phase == Phase.STOPPED, phase.word());
                                    },
                                    ""),
                            TestLab.minutes(2));
            assertThat(seen).doesNotContain(Phase.FAILED);
            assertThat(status(lab)).isEqualTo("m: the machine was powered off from inside");
            assertThatThrownBy(() -> lab.execute("m", "true")).hasMessage("m: the machine was powered off from inside");
            assertThat(lab.lab().runs()).isFalse();

            lab.run();
            assertThat(lab.succeed("m", "echo up")).isEqualTo("up\n");
        }
    }

    @Test
    void aMachineThatNeverReachesItsBackdoorIsGivenUpWithItsConsole() {
        var network = """
                { m.boot.kernelParams = [
                    "systemd.mask=nixlab-slot@nixlab.0.service"
                    "systemd.mask=nixlab-slot@nixlab.1.service"
                  ];
                }""";
        try (var lab = new TestLab(directory, network)) {
            // Given up at once, it goes on booting.
            assertThatThrownBy(() -> run(lab, Duration.ofSeconds(1))).isInstanceOf(DeadlineException.class);
            await("the end of the boot", () -> console(lab).contains("Multi-User System"));

            assertThatThrownBy(() -> run(lab, Duration.ofSeconds(2)))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessageStartingWith("m: the machine did not become ready in time; it came as far as systemd")
                    .hasMessageContaining("its console ends with")
                    .hasMessageContaining("Multi-User System");
        }
    }

    private static void run(TestLab lab, Duration boot) {
        var wish = new Lab.RunRequest(false, false, Optional.of(boot));
        lab.lab().run(Selector.ALL, wish, Progress.NONE, TestLab.minutes(20));
    }

    private static String console(TestLab lab) {
        try {
            return Files.readString(lab.lab().machine("m").consoleLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        Await.guest()
                .until(
                        new Condition(what, () -> new Condition.Observation(condition.getAsBoolean(), "not yet"), ""),
                        TestLab.minutes(5));
    }

    @Test
    void aHostWithoutRoomPausesAMachineWhichGoesOnWhenThereIsSome() {
        try (var disk = new SmallDisk(directory, 80);
                var lab = new TestLab(disk.directory(), "{ m = { }; }")) {
            lab.run();

            lab.succeed("m", "systemd-run dd if=/dev/urandom of=/var/big bs=1M count=120 conv=fsync");
            var monitor = lab.lab().machine("m").monitor();
            await(
                    "the pause",
                    () -> monitor.qmp("query-status", TestLab.minutes(1))
                            .toString()
                            .contains("io-error"));
            assertThatThrownBy(() ->
                            lab.lab().machine("m").execute(ExecRequest.of("true"), Deadline.in(Duration.ofSeconds(5))))
                    .isInstanceOf(LabException.class)
                    .hasMessage("m: paused, since the host's disk is full");
            assertThat(lab.lab().status(Selector.ALL, TestLab.minutes(1)).get(0).phase())
                    .isEqualTo(Phase.PAUSED);

            // Who waits is told, and the machine goes on without anybody's asking.
            var notes = new ArrayList<String>();
            assertThat(lab.lab()
                            .machine("m")
                            .execute(
                                    ExecRequest.of("true"),
                                    OutputSink.notes(note -> {
                                        notes.add(note);
                                        if (notes.size() == 1) {
                                            disk.grow(400);
                                        }
                                    }),
                                    TestLab.minutes(2))
                            .succeeded())
                    .isTrue();
            assertThat(notes)
                    .startsWith("m: paused, since the host's disk is full; it goes on as soon as there is room");
            await("the machine to be well", () -> status(lab).isEmpty());
            assertThat(lab.succeed("m", "touch /var/file && sync && echo done")).isEqualTo("done\n");

            // Paused again, it cannot shut down, which is not waited for.
            lab.succeed("m", "systemd-run dd if=/dev/urandom of=/var/big bs=1M count=500 conv=fsync");
            Await.guest().until(pauseOf(lab), TestLab.minutes(5));
            var log = new ArrayList<String>();
            lab.lab().stop(Selector.ALL, Progress.noting(log::add), TestLab.minutes(10));
            assertThat(log)
                    .contains("m: systemctl poweroff did not end it: m: paused, since the host's disk is full")
                    .noneMatch(line -> line.contains("SIGTERM"));
        }
    }

    /** It panics before it has the device to report it by, and would do so again and again. */
    @Test
    void aMachineWithTooLittleMemoryIsSaidToHaveIt() {
        try (var lab = new TestLab(directory, "{ m.virtualisation.memorySize = 64; }")) {
            assertThatThrownBy(lab::run)
                    .isInstanceOf(LabException.class)
                    .isNotInstanceOf(DeadlineException.class)
                    .hasMessageContaining("m: the guest's kernel panicked")
                    .hasMessageContaining("deadlocked on memory")
                    .extracting(e -> ((LabException) e).hint())
                    .asString()
                    .contains("virtualisation.memorySize");
            assertThat(lab.lab().runs()).isFalse();
        }
    }

    @Test
    void aFailedUnitIsNamedAndTheMachineStaysUp() {
        var network = """
                { m.systemd.services.broken = {
                    wantedBy = [ "multi-user.target" ];
                    serviceConfig.ExecStart = "/bin/false";
                  };
                }""";
        try (var lab = new TestLab(directory, network)) {
            assertThatThrownBy(lab::run)
                    .isInstanceOf(LabException.class)
                    .hasMessage("units failed on m: broken.service")
                    .extracting(e -> ((LabException) e).exitCode())
                    .isEqualTo(ExitCode.HOST_FAILED);
            assertThat(lab.succeed("m", "echo up")).isEqualTo("up\n");
        }
    }

    @Test
    void aServiceThatStartsAgainAndAgainIsAFailedUnit() {
        var network = """
                { m.systemd.services.loop = {
                    wantedBy = [ "multi-user.target" ];
                    serviceConfig = { ExecStart = "/bin/false"; Restart = "always"; RestartSec = 600; };
                  };
                }""";
        try (var lab = new TestLab(directory, network)) {
            assertThatThrownBy(lab::run).hasMessage("units failed on m: loop.service");
        }
    }

    /** What there is instead tells why it does not come. */
    private static Condition pauseOf(TestLab lab) {
        var directory = lab.lab().directory();
        return new Condition(
                "the pause",
                () -> {
                    var detail = status(lab);
                    var left = directory.toFile().getUsableSpace();
                    return new Condition.Observation(
                            detail.startsWith("paused"),
                            "it says '" + detail + "', and the host has " + left + " bytes");
                },
                "");
    }

    private static String status(TestLab lab) {
        return lab.lab().status(Selector.ALL, TestLab.minutes(1)).get(0).detail();
    }

    /** The first is found before QEMU makes its sockets, the second after. */
    @ParameterizedTest
    @ValueSource(strings = {"-nonsense", "-device nonsense"})
    void anOptionQemuDoesNotKnowIsShown(String option) {
        try (var lab = new TestLab(directory, "{ m.virtualisation.qemu.options = [ \"" + option + "\" ]; }")) {
            assertThatThrownBy(lab::run)
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("m: QEMU ended")
                    .hasMessageContaining("nonsense");
        }
    }
}

package org.nixlab.machine.qemu;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.machine.Phase;
import org.nixlab.machine.host.GuestPrograms;
import org.nixlab.machine.host.HostDisk;
import org.nixlab.machine.host.Standstill;
import org.nixlab.machine.host.StandstillLook;
import org.nixlab.machine.host.StandstillWatch;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;
import org.nixlab.model.SampleNetworks;
import org.nixlab.process.FrozenListener;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A QEMU that was sent SIGSTOP: a program that sleeps in its place, behind sockets that take nobody. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FrozenQemuTest {
    private static final String STOPPED =
            "{\"timestamp\": {\"seconds\": 1, \"microseconds\": 0}, \"event\": \"STOP\"}\n";

    @TempDir
    Path directory;

    private VmDirectory place;
    private VmProcess process;
    private QemuVm vm;
    private FrozenListener monitor;
    private FrozenListener slot;

    @BeforeEach
    void freeze() throws IOException, InterruptedException {
        var script = directory.resolve("run-web-vm");
        Files.writeString(script, "#!/bin/sh\nexec sleep 600\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        place = VmDirectory.in(directory.resolve("state"), directory.resolve("run"), "web");
        Files.createDirectories(directory.resolve("run"));
        process = new VmProcess("web", place);
        process.start(new VmProcess.Launch(script, "", GuestPrograms.load(place), List.of(), Map.of(), "077"));
        vm = new QemuVm(SampleNetworks.machine("web", 1), place, "xterm");
        monitor = FrozenListener.at(place.qmp());
        slot = FrozenListener.at(place.port(QemuChannels.slot(0)));
        signal("-STOP");
        Await.host()
                .until(
                        new Condition(
                                "the stop",
                                () -> new Observation(process.frozen().isPresent(), ""),
                                ""),
                        soon());
    }

    @AfterEach
    void end() throws IOException {
        vm.kill(soon());
        monitor.close();
        slot.close();
    }

    @Test
    void statusSaysThatQemuWasStopped() {
        var status = vm.status(soon());

        assertThat(status.phase()).isEqualTo(Phase.PAUSED);
        assertThat(status.detail())
                .isEqualTo("QEMU does not answer, since its process %d was stopped; kill -CONT %<d lets it go on"
                        .formatted(pid()));
    }

    @Test
    void statusSaysThatQemuDoesNotAnswerForWhateverReason() throws IOException, InterruptedException {
        signal("-CONT");

        assertThat(vm.status(Deadline.in(Duration.ofMillis(200))).detail())
                .isEqualTo("neither its backdoor nor QEMU answers");
    }

    @Test
    void whoWaitsIsToldAtOnceAndWhenItGoesOn() {
        var notes = new LinkedBlockingQueue<String>();
        var look = new StandstillLook("web", process);
        try (var watch = new StandstillWatch("web", look, new HostDisk("web", place))) {
            watch.start();
            var said = watch.during(notes::add, () -> {
                var first = take(notes);
                process.thaw();
                return List.of(first, take(notes));
            });

            assertThat(said.get(0)).startsWith("web: QEMU does not answer, since its process ");
            assertThat(said.get(1)).isEqualTo("web goes on");
        }
    }

    @Test
    void anExecWhoseTimeIsOverSaysWhy() {
        assertThatThrownBy(() -> vm.execute(ExecRequest.of("true"), Deadline.in(Duration.ofMillis(100))))
                .hasMessageStartingWith("web: QEMU does not answer, since its process ");
    }

    @Test
    void whoAttachesIsToldAtOnce() throws InterruptedException {
        var notes = new LinkedBlockingQueue<String>();
        var attaching = new Thread(() -> vm.attach(Optional.empty(), 80, 24, notes::add, soon()));
        attaching.setUncaughtExceptionHandler((thread, interrupted) -> {});
        attaching.start();

        assertThat(take(notes)).startsWith("web: QEMU does not answer, since its process ");

        attaching.interrupt();
        attaching.join();
    }

    @Test
    void whoIsAttachedIsToldAtOnceAndWhenItGoesOn() throws IOException {
        var notes = new LinkedBlockingQueue<String>();
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(place.console()));
            var terminal = vm.attachConsole(notes::add, soon());
            assertThat(take(notes)).startsWith("web: QEMU does not answer, since its process ");

            process.thaw();

            assertThat(take(notes)).isEqualTo("web goes on");
            terminal.close();
        }
    }

    @Test
    void onlyWhatRunsStandsStill() throws IOException, InterruptedException {
        var qemu = ProcessHandle.of(pid()).orElseThrow();
        signal("-CONT");
        Files.writeString(place.eventLog(), STOPPED);
        var look = new StandstillLook("web", process);
        assertThat(look.look())
                .hasValueSatisfying(why -> assertThat(why.cause()).isEqualTo(Standstill.Cause.PAUSED));

        qemu.destroyForcibly();
        process.awaitEnd(soon());

        assertThat(look.look()).isEmpty();
    }

    /** Here nothing but a signal ends it, once it goes on. */
    @Test
    void stopEndsItInTime() {
        var log = new LinkedBlockingQueue<String>();

        vm.stop(log::add, soon());

        assertThat(vm.isRunning()).isFalse();
        assertThat(log.peek()).isEqualTo("web: QEMU was stopped; it goes on, to shut down");
    }

    private static String take(LinkedBlockingQueue<String> notes) {
        try {
            return notes.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long pid() {
        return process.frozen().orElseThrow();
    }

    private void signal(String name) throws IOException, InterruptedException {
        var pid = Files.readString(place.process()).split(" ")[0];
        assertThat(new ProcessBuilder("kill", name, pid).start().waitFor()).isZero();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}

package org.nixlab.machine.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
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
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.machine.Phase;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.start.Acceleration;
import org.nixlab.model.SampleNetworks;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A machine that was started and that nobody waited for: a program in its place that prints a line and never makes a socket. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StartingQemuTest {
    @TempDir
    Path directory;

    private final Deadline soon = Deadline.in(Duration.ofSeconds(40));
    private VmDirectory place;
    private QemuVm vm;
    private Path script;

    @BeforeEach
    void writeScript() throws IOException {
        script = Files.writeString(
                directory.resolve("run-web-vm"), "#!/bin/sh\necho Loading the kernel\nexec sleep 600\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        place = VmDirectory.in(directory.resolve("state"), directory.resolve("run"), "web");
        Files.createDirectories(place.runtime().getParent());
        Files.createDirectories(place.state());
        vm = new QemuVm(SampleNetworks.machine("web", 1), place, "xterm");
    }

    @AfterEach
    void pullThePlug() {
        vm.kill(soon);
        vm.close();
    }

    @Test
    void ofManyWhoMakeSureThatItIsStartedOneStartsIt() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var starts = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 8; i++) {
                starts.add(this::start);
            }
            var started = new ArrayList<Boolean>();
            for (var each : threads.invokeAll(starts)) {
                started.add(each.get());
            }

            assertThat(started).containsOnlyOnce(true);
        } finally {
            threads.shutdown();
        }
        assertThat(vm.phase()).isEqualTo(Phase.STARTING);
    }

    @Test
    void aCommandForWhichItTakesTooLongShowsTheConsole() {
        start();
        awaitConsole();

        assertThatThrownBy(() -> vm.execute(ExecRequest.of("true"), Deadline.in(Duration.ofMillis(100))))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for the channels of web: QEMU is starting; its console ends with\n"
                        + "  Loading the kernel");
    }

    @Test
    void aCommandThatWaitsForItEndsWithIt() {
        start();
        awaitConsole();
        var failure = new CompletableFuture<Throwable>();
        var waiter = new Thread(() -> {
            try {
                vm.execute(ExecRequest.of("true"), soon);
            } catch (LabException e) {
                failure.complete(e);
            }
        });
        waiter.start();

        vm.qemu().orElseThrow().kill();

        assertThat(failure.join())
                .isNotInstanceOf(DeadlineException.class)
                .hasMessage("web: the machine ended without being asked to; its console ends with\n"
                        + "  Loading the kernel");
    }

    private boolean start() {
        return vm.start(() -> script, Map.of(), new Acceleration("tcg", "a test"), System.getenv());
    }

    private void awaitConsole() {
        Await.host()
                .until(
                        new Condition(
                                "the first line",
                                () -> new Observation(vm.consoleLog().toFile().length() > 0, ""),
                                ""),
                        soon);
    }
}

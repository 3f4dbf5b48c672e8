package org.nixlab.machine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.machine.Phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is said of a machine whose process has ended. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VmProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private VmDirectory vm;
    private VmProcess process;

    @BeforeEach
    void start() throws IOException {
        var script = directory.resolve("run-web-vm");
        Files.writeString(script, "#!/bin/sh\nexec sleep 600\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        vm = VmDirectory.in(directory.resolve("state"), directory, "web");
        process = new VmProcess("web", vm);
        process.start(new VmProcess.Launch(script, "", GuestPrograms.load(vm), List.of(), Map.of(), "077"));
    }

    @AfterEach
    void end() {
        process.kill();
        process.awaitEnd(Deadline.in(LIMIT));
    }

    @Test
    void aMachineThatWasKilledIsNotSaidToHaveDied() {
        process.endBy(this::end);

        assertThatThrownBy(process::requireRunning)
                .isInstanceOf(LabException.class)
                .hasMessage("web is not running");
        assertThat(process.ended()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void aMachineThatDiesIsSaidToHave() {
        end();

        assertThatThrownBy(process::requireRunning)
                .hasMessageStartingWith("web: the machine ended without being asked");
        assertThat(process.ended()).isEqualTo(Phase.FAILED);
    }

    /** It started anew, and panicked again, for ever. */
    @Test
    void aKernelThatPanicsWhileItBootsIsEndedAndSaidToHave() throws IOException {
        Files.writeString(vm.consoleLog(), "[ 2.9] Kernel panic - not syncing: System is deadlocked on memory\n");
        var panicked = new CompletableFuture<Void>();
        try (var watch = new BootWatch(vm, Console.begin(vm), phase -> {}, () -> panicked.complete(null))) {
            watch.start();
            panicked.join();
        }
        end();

        assertThatThrownBy(process::requireRunning)
                .hasMessage("web: the guest's kernel panicked; its console says\n"
                        + "  Kernel panic - not syncing: System is deadlocked on memory")
                .extracting(e -> ((LabException) e).hint())
                .isEqualTo("it has too little memory: give it more in virtualisation.memorySize");
    }

    /** Its kernel started anew since, in the same QEMU. */
    @Test
    void aPanicFromBeforeTheWatchEndsNothing() throws IOException {
        Files.writeString(vm.consoleLog(), "systemd[1]: Started\n[ 9.9] Kernel panic - not syncing: Attempted\n");
        Files.createDirectories(vm.runtime());
        Files.createFile(vm.qmp());
        var looked = new CompletableFuture<Void>();
        var panicked = new CompletableFuture<Void>();
        try (var watch =
                new BootWatch(vm, Console.end(vm), phase -> looked.complete(null), () -> panicked.complete(null))) {
            watch.start();
            CompletableFuture.anyOf(looked, panicked).join();
            assertThat(panicked).isNotDone();

            Files.writeString(vm.consoleLog(), "[ 1.2] Kernel panic - not syncing: Again\n", StandardOpenOption.APPEND);
            panicked.join();
        }
    }

    @Test
    void aMachineThatDiesAfterItCouldNotBeEndedIsSaidToHaveDied() {
        assertThatThrownBy(() -> process.endBy(() -> {
                    throw new DeadlineException("web could not be stopped", "", "");
                }))
                .isInstanceOf(DeadlineException.class);
        end();

        assertThatThrownBy(process::requireRunning)
                .hasMessageStartingWith("web: the machine ended without being asked");
    }
}

package org.nixlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.cache.BuildProgress;
import org.nixlab.image.cache.ImageCache;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Runs {@code run-vms} with machines that are shell scripts. */
@Timeout(60)
final class NetworkResultTest {
    private final Deadline deadline = Deadline.in(Duration.ofSeconds(30));

    @TempDir
    private Path directory;

    @Test
    void allMachinesAreStartedWithTheirSwitchAndBackdoor() throws IOException {
        var machine = machine("web", "echo \"$@\"; echo \"$NIX_DISK_IMAGE $QEMU_VDE_SOCKET_1\"");

        var run = HostProcess.run(command(result(machine, true), "-snapshot"), deadline);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(directory.resolve("web.log"))
                .content()
                .containsPattern(
                        "path=/tmp/nixlab-vms\\.\\w+/web\\.socket,server=on,wait=off -device virtio-serial-pci")
                .contains("virtconsole,chardev=shell -snapshot")
                .containsPattern("\\./web\\.qcow2 /tmp/nixlab-vms\\.\\w+/1");
    }

    @Test
    void eachMachineHasATemporaryDirectoryOfItsOwn() throws IOException {
        // As the scripts of nixpkgs do it; whoever is not root gets into no directory without the x of its mode.
        var machine = machine("web", "mkdir -p $TMPDIR/xchg; cd $TMPDIR; echo $USE_TMPDIR $(stat -c %a xchg) $PWD");

        HostProcess.run(command(result(machine, false)), deadline);

        assertThat(directory.resolve("web.log"))
                .content()
                .containsPattern("1 700 /tmp/nixlab-vms\\.\\w+/web\\.files\n");
        var last = Files.readString(directory.resolve("web.log")).strip().split(" ");
        assertThat(Path.of(last[last.length - 1])).doesNotExist();
    }

    @Test
    void aTemporaryDirectoryOfTheUserIsParted() throws IOException {
        var machine = machine("web", "echo in $TMPDIR");
        var mine = Files.createDirectory(directory.resolve("mine"));

        HostProcess.run(
                command(result(machine, false))
                        .environment("TMPDIR", mine.toString())
                        .environment("USE_TMPDIR", "1"),
                deadline);

        assertThat(directory.resolve("web.log")).content().contains("in " + mine.resolve("web") + "\n");
    }

    @Test
    void withoutTheOptionThereIsNoBackdoor() throws IOException {
        HostProcess.run(command(result(machine("web", "echo \"<$*>\""), false)), deadline);

        assertThat(directory.resolve("web.log")).content().contains("<>");
    }

    @Test
    void anInterruptEndsMachinesAndSwitches() throws IOException {
        var machine = machine("web", "echo $$ >pid; touch web.socket; exec sleep 60");
        var result = result(machine, true);
        var running = Daemon.start(command(result), directory.resolve("out"), directory.resolve("err"));
        Await.host().until(new Condition("a start", () -> seen(directory.resolve("pid")), ""), deadline);
        var started = Daemon.of(Long.parseLong(
                        Files.readString(directory.resolve("pid")).strip()))
                .orElseThrow();

        running.terminate();
        running.awaitEnd(deadline);
        started.awaitEnd(deadline);

        assertThat(directory.resolve("web.socket")).doesNotExist();
    }

    @Test
    void whatIsNoLinkIsNotReplaced() throws IOException {
        Files.writeString(directory.resolve("result"), "mine");

        assertThatThrownBy(() -> results().link(directory.resolve("result"), directory))
                .isInstanceOf(LabException.class)
                .hasMessage("there is a result that is no link");
    }

    @Test
    void theLinkLeadsToTheLastResult() throws IOException {
        var machine = machine("web", "true");

        results().link(directory.resolve("result"), result(machine, false));
        results().link(directory.resolve("result"), result(machine, true));

        assertThat(directory.resolve("result/bin/run-web-vm")).exists();
        assertThat(directory.resolve("result/bin/run-vms")).content().contains("backdoor=1");
    }

    private static Observation seen(Path file) {
        try {
            return Files.exists(file) && Files.size(file) > 0 ? Observation.met("") : Observation.unmet("no file");
        } catch (IOException e) {
            return Observation.unmet(e.toString());
        }
    }

    private HostCommand command(Path result, String... arguments) {
        return HostCommand.of(result.resolve("bin/run-vms").toString())
                .with(arguments)
                .in(directory);
    }

    private Path result(BuiltMachine machine, boolean useBackdoor) {
        return results().make(List.of(machine), List.of(1), useBackdoor, deadline);
    }

    private NetworkResult results() {
        return new NetworkResult(new ImageCache(directory.resolve("cache")), BuildProgress.NONE);
    }

    private BuiltMachine machine(String name, String body) throws IOException {
        var script = directory.resolve("run-" + name + "-vm");
        Files.writeString(script, "#!/bin/bash\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new BuiltMachine(name, "machine-" + name, script, script, script);
    }
}

package org.nixlab.machine.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.model.Hardware;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;
import org.nixlab.model.SampleNetworks;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.talk.KeptOutput;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

final class DiskSizesTest {
    @TempDir
    Path directory;

    @Test
    void aSmallerDiskIsRefused() {
        make("state/disk.qcow2", 800);

        assertThatThrownBy(() -> debian(200).requireNoneSmaller()).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e)
                    .hasMessage("web: virtualisation.diskSize is 200, but the disk has 800 MiB already and cannot"
                            + " become smaller");
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(e.hint()).startsWith("declare at least 800, or remove that file");
        });
        debian(800).requireNoneSmaller();
        debian(801).requireNoneSmaller();
    }

    @Test
    void theOtherDisksAreLookedAtToo() {
        make("state/disk-empty1.qcow2", 64);

        assertThatThrownBy(() -> debian(200, 100, 32).requireNoneSmaller())
                .hasMessageStartingWith("web: virtualisation.emptyDiskImages is 32, but the disk has 64 MiB already");
        debian(200, 1, 64).requireNoneSmaller();
    }

    @Test
    void disksOfNixosAreMadeLarger() {
        make("state/disk.qcow2", 200);
        make("state/scratch/empty0.qcow2", 32);

        nixos(300, 64).grow();
        assertThat(growth().isDue()).isTrue();

        assertThatThrownBy(() -> nixos(299, 64).requireNoneSmaller()).hasMessageContaining("has 300 MiB");
        assertThatThrownBy(() -> nixos(300, 63).requireNoneSmaller()).hasMessageContaining("has 64 MiB");

        // Whoever it is owed to by now: the process that made the disk larger may be gone.
        nixos(300, 64).grow();
        assertThat(growth().isDue()).isTrue();
    }

    @Test
    void disksOfDebianAreLeftToTheirStartScript() {
        make("state/disk.qcow2", 200);

        debian(300).grow();

        assertThat(growth().isDue()).isFalse();
        debian(200).requireNoneSmaller();
    }

    @Test
    void aFileSystemThatCouldNotFollowIsDueAgain() throws IOException {
        make("state/disk.qcow2", 200);
        nixos(300).grow();
        var notes = new ArrayList<String>();

        growth().finish(command -> result(1), notes::add);
        assertThat(notes)
                .containsExactly("its file system could not be made as large as its disk, and is tried again at the"
                        + " next run: exit code 1, no space");
        assertThat(growth().isDue()).isTrue();

        notes.clear();
        growth().finish(command -> result(0), notes::add);
        assertThat(notes).isEmpty();
        assertThat(growth().isDue()).isFalse();
        growth().finish(command -> fail("nothing is due"), notes::add);
    }

    /** As that of a NixOS machine with a boot loader. */
    @Test
    void aDiskThatIsMadeOnAnotherImageIsLeftAlone() {
        make("state/base.qcow2", 800);
        qemuImg(
                "-F",
                "qcow2",
                "-b",
                "base.qcow2",
                directory.resolve("state/disk.qcow2").toString());

        nixos(200).requireNoneSmaller();
        nixos(900).grow();
        assertThat(growth().isDue()).isFalse();
    }

    private RootGrowth growth() {
        return new RootGrowth(place());
    }

    private static Result result(int exitCode) {
        var error = new KeptOutput();
        error.received(OutputSink.Stream.ERR, "resize2fs 1.47\nno space\n".getBytes());
        return error.result("web", "resize2fs", exitCode, System.nanoTime());
    }

    private DiskSizes debian(int own, Integer... empty) {
        return new DiskSizes(machine(own, List.of(empty)), place());
    }

    private DiskSizes nixos(int own, Integer... empty) {
        var plain = machine(own, List.of(empty));
        var output = Path.of("/nix/store/x-vm");
        var origin = new Origin.Nixos(
                "24.11", "", output, output, output, "", false, List.of(), Set.of(), List.of(), List.of());
        return new DiskSizes(
                new Machine("web", 1, plain.system(), plain.identity(), plain.hardware(), plain.interfaces(), origin),
                place());
    }

    private VmDirectory place() {
        return new VmDirectory(directory.resolve("state"), directory.resolve("run"));
    }

    private static Machine machine(int own, List<Integer> empty) {
        var plain = SampleNetworks.machine("web", 1);
        var hardware =
                new Hardware(512, 1, own, List.of(1), false, false, List.of(), List.of(), empty, List.of(), List.of());
        return new Machine(
                "web", 1, plain.system(), plain.identity(), hardware, plain.interfaces(), plain.configuration());
    }

    private void make(String name, int mebibytes) {
        try {
            Files.createDirectories(directory.resolve(name).getParent());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        qemuImg(directory.resolve(name).toString(), mebibytes + "M");
    }

    private static void qemuImg(String... words) {
        var command = HostCommand.of("qemu-img", "create", "-q", "-f", "qcow2").with(words);
        assertThat(HostProcess.run(command, Deadline.in(Duration.ofSeconds(30))).exitCode())
                .isZero();
    }
}

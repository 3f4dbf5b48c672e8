package org.nixlab.lab.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.lab.StandInMachine;
import org.nixlab.machine.host.PrivateDirectory;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
final class LabIdentityTest {
    @TempDir
    private Path temporary;

    private Path here;
    private Path there;

    @BeforeEach
    void makeALab() throws IOException {
        here = temporary.resolve("here");
        there = temporary.resolve("there");
        Files.createDirectories(state(here));
        Files.createDirectory(temporary.resolve("run"));
    }

    @Test
    void isTheSameForEveryShellBeforeAndAfterItIsWrittenDown() {
        var first = identity(here).id();
        identity(here).save();

        assertThat(identity(here).id()).isEqualTo(first);
    }

    @Test
    void staysWithALabThatIsMoved() throws IOException {
        identity(here).save();
        var before = identity(here).id();
        try (var machine = runIn(here)) {
            Files.move(here, there);
            Files.createDirectories(state(here));

            assertThat(identity(there).id()).isEqualTo(before);
            assertThat(identity(here).id())
                    .as("that of another lab in the old place")
                    .isNotEqualTo(before);
            assertThat(machine.process().isAlive()).isTrue();
        }
    }

    @Test
    void anotherLabInItsOldPlaceHasAnotherOneAlsoWhileNothingRuns() throws IOException {
        identity(here).save();
        Files.move(here, there);
        Files.createDirectories(state(here));

        assertThat(identity(here).id()).isNotEqualTo(identity(there).id());
    }

    @Test
    void aCopyHasAnotherOne() {
        identity(here).save();
        var original = identity(here).id();
        try (var machine = runIn(here)) {
            copy(here, there);

            assertThat(identity(there).id()).isNotEqualTo(original);
            identity(there).save();
            assertThat(identity(there).id()).isNotEqualTo(original);
            assertThat(identity(here).id()).isEqualTo(original);
            assertThat(machine.process().isAlive()).isTrue();
        }
    }

    /** As {@code git clean -fdX} does. */
    @Test
    void isFoundAgainThroughMachinesWhoseStateWasRemoved() throws IOException {
        Files.move(here, there);
        identity(there).save();
        Files.move(there, here);
        var before = identity(here).id();
        try (var machine = runIn(here)) {
            PrivateDirectory.delete(here.resolve(".nixlab"));
            assertThat(identity(here).id()).isEqualTo(before);

            Files.createDirectories(state(here));
            identity(here).save();

            assertThat(identity(here).id()).isEqualTo(before);
            assertThat(identity(there).id()).isNotEqualTo(before);
            assertThat(machine.process().isAlive()).isTrue();
        }
    }

    @Test
    void aDamagedFileIsWrittenAnew() throws IOException {
        Files.move(here, there);
        identity(there).save();
        Files.move(there, here);
        var before = identity(here).id();
        try (var machine = runIn(here)) {
            for (var content : new byte[][] {{}, {0, -1, '\n'}, "00000000 1".getBytes()}) {
                Files.write(state(here).resolve("id"), content);

                assertThat(identity(here).id()).isEqualTo(before);
                identity(here).save();
                assertThat(state(here).resolve("id")).content().startsWith(before + " ");
            }
            assertThat(machine.process().isAlive()).isTrue();
        }
    }

    /** Of one that came from another file system, its machines alone are known. */
    @Test
    void aNameUnderWhichOthersRunIsNotTaken() {
        var free = identity(here).id();
        var place = VmDirectory.in(state(there), temporary.resolve("run").resolve(free), "web");
        try (var machine = StandInMachine.start(place)) {
            assertThat(identity(here).id()).isNotEqualTo(free);
            assertThat(machine.process().isAlive()).isTrue();
        }
    }

    private StandInMachine runIn(Path home) {
        var runtime = temporary.resolve("run").resolve(identity(home).id());
        return StandInMachine.start(VmDirectory.in(state(home), runtime, "web"));
    }

    private static void copy(Path from, Path to) {
        var copied = HostProcess.run(
                HostCommand.of("cp", "-a", from.toString(), to.toString()), Deadline.in(Duration.ofSeconds(20)));
        assertThat(copied.succeeded()).isTrue();
    }

    private LabIdentity identity(Path home) {
        return new LabIdentity(state(home), temporary.resolve("run"));
    }

    private static Path state(Path home) {
        return home.resolve(".nixlab/network");
    }
}

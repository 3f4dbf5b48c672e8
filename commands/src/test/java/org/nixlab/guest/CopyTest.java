package org.nixlab.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CopyTest {
    @TempDir
    Path directory;

    private FakeGuest guest;
    private GuestShell shell;
    private GuestCopy copy;
    private Path host;
    private Path machine;

    @BeforeEach
    void startGuest() throws IOException {
        host = Files.createDirectory(directory.resolve("host"));
        machine = Files.createDirectory(directory.resolve("machine"));
        guest = new FakeGuest(Files.createDirectory(directory.resolve("guest")), 1, 1);
        shell = new GuestShell(guest);
        copy = new GuestCopy(shell, "fake");
    }

    @AfterEach
    void stopGuest() {
        shell.close();
        guest.close();
    }

    @Test
    void aFileGoesIntoADirectory() throws IOException {
        Files.writeString(host.resolve("a.txt"), "text");

        var result = copy.in(host.resolve("a.txt"), machine + "/", bytes -> {}, soon());

        assertThat(machine.resolve("a.txt")).hasContent("text");
        assertThat(result).isEqualTo(new CopyResult(1, 4, List.of()));
        assertThat(namesIn(machine)).containsExactly("a.txt");
    }

    @Test
    void aFileReplacesAFile() throws IOException {
        Files.writeString(host.resolve("a.txt"), "new");
        Files.writeString(machine.resolve("b.txt"), "old");

        copy.in(host.resolve("a.txt"), machine.resolve("b.txt").toString(), bytes -> {}, soon());

        assertThat(machine.resolve("b.txt")).hasContent("new");
    }

    @Test
    void aTreeArrivesAsItWasInBothDirections() throws IOException {
        var tree = tree();

        copy.in(tree, machine.resolve("copy").toString(), bytes -> {}, soon());
        assertSameTree(machine.resolve("copy"), tree);

        copy.out(machine.resolve("copy") + "/", host.resolve("back"), bytes -> {}, soon());
        assertSameTree(host.resolve("back"), tree);
        assertThat(namesIn(host)).containsExactlyInAnyOrder("tree", "back");
    }

    @Test
    void aDirectoryIsAddedToADirectoryOfItsName() throws IOException {
        Files.createDirectories(host.resolve("d/sub"));
        Files.writeString(host.resolve("d/sub/new"), "new");
        Files.createDirectories(machine.resolve("d/sub"));
        Files.writeString(machine.resolve("d/sub/kept"), "kept");

        copy.in(host.resolve("d"), machine.toString(), bytes -> {}, soon());

        assertThat(machine.resolve("d/sub/new")).hasContent("new");
        assertThat(machine.resolve("d/sub/kept")).hasContent("kept");

        Files.writeString(host.resolve("d/sub/mine"), "mine");
        copy.out(machine.resolve("d").toString(), host, bytes -> {}, soon());
        assertThat(namesIn(host.resolve("d/sub"))).containsExactlyInAnyOrder("new", "kept", "mine");
    }

    @Test
    void progressReachesTheSize() throws IOException {
        Files.write(host.resolve("big"), randomBytes(3_000_000));
        var seen = new AtomicLong();

        copy.in(host.resolve("big"), machine.toString(), seen::set, soon());
        assertThat(seen).hasValue(3_000_000);

        seen.set(0);
        copy.out(machine.resolve("big").toString(), host.resolve("again"), seen::set, soon());
        assertThat(seen).hasValue(3_000_000);
        assertThat(host.resolve("again")).hasSameBinaryContentAs(host.resolve("big"));
    }

    @Test
    void aMissingSourceOrTargetIsNamed() throws IOException {
        Files.writeString(host.resolve("a"), "");

        assertThatThrownBy(() -> copy.in(host.resolve("none"), "/tmp/", bytes -> {}, soon()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("none does not exist");
        assertThatThrownBy(() -> copy.in(host.resolve("a"), machine + "/no/a", bytes -> {}, soon()))
                .hasMessageContaining("there is no directory " + machine + "/no");
        assertThatThrownBy(() -> copy.out(machine + "/nothing", host, bytes -> {}, soon()))
                .hasMessageContaining("there is no " + machine + "/nothing");
        assertThat(namesIn(host)).containsExactly("a");
    }

    @Test
    void nothingIsLeftAtTheTargetWhenTheDeadlinePasses() throws IOException {
        Files.write(host.resolve("big"), randomBytes(50_000_000));

        assertThatThrownBy(() -> copy.in(
                        host.resolve("big"), machine.toString(), bytes -> {}, Deadline.in(Duration.ofMillis(150))))
                .isInstanceOf(DeadlineException.class);

        var look = "for i in {1..300}; do [[ $(ls -A " + machine + ") ]] || exit 0; sleep .1; done; exit 1";
        assertThat(shell.run(ExecRequest.of(look), soon()).exitCode()).isZero();
    }

    @Test
    void theDeathOfTheMachineLeavesNothingHalfOnTheHost() throws IOException {
        Files.write(machine.resolve("big"), randomBytes(50_000_000));

        assertThatThrownBy(() -> copy.out(machine.resolve("big").toString(), host, bytes -> guest.kill(), soon()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("went away");

        assertThat(namesIn(host)).isEmpty();
    }

    @Test
    void theChecksumIsThatOfCksum() {
        var sum = new PosixChecksum();
        var data = "The quick brown fox\n".repeat(100_000).getBytes();
        sum.update(data, data.length);

        var command = "for i in {1..100000}; do echo 'The quick brown fox'; done | cksum";
        assertThat(shell.run(ExecRequest.of(command), soon()).out().text()).isEqualTo(sum.line() + "\n");
    }

    private Path tree() throws IOException {
        var tree = Files.createDirectories(host.resolve("tree/sub dir/deep"));
        tree = host.resolve("tree");
        Files.write(tree.resolve("random"), randomBytes(200_000));
        Files.writeString(tree.resolve("empty"), "");
        Files.writeString(tree.resolve("sub dir/with\nnewline and 'quote'"), "x");
        Files.writeString(tree.resolve("sub dir/deep/" + "long".repeat(50)), "y");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub dir/deep"));
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("/no/such/file"));
        Files.setPosixFilePermissions(tree.resolve("random"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setPosixFilePermissions(tree.resolve("empty"), PosixFilePermissions.fromString("r--------"));
        Files.setLastModifiedTime(tree.resolve("random"), FileTime.from(Instant.ofEpochSecond(1_000_000_000)));
        Files.setLastModifiedTime(tree.resolve("sub dir"), FileTime.from(Instant.ofEpochSecond(1_100_000_000)));
        return tree;
    }

    private static void assertSameTree(Path actual, Path expected) throws IOException {
        assertThat(listing(actual)).isEqualTo(listing(expected));
    }

    private static List<String> listing(Path tree) throws IOException {
        var lines = new ArrayList<String>();
        try (var paths = Files.walk(tree)) {
            for (var path : paths.sorted().toList()) {
                var line = tree.relativize(path) + " ";
                if (Files.isSymbolicLink(path)) {
                    line += "-> " + Files.readSymbolicLink(path);
                } else {
                    line += PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " "
                            + Files.getLastModifiedTime(path).toInstant().getEpochSecond();
                }
                lines.add(Files.isRegularFile(path) ? line + " " + new PosixSum(path).line() : line);
            }
        }
        return lines;
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (var children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }

    private static byte[] randomBytes(int count) {
        var bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(50));
    }

    private record PosixSum(Path path) {
        String line() throws IOException {
            var sum = new PosixChecksum();
            var data = Files.readAllBytes(path);
            sum.update(data, data.length);
            return sum.line();
        }
    }
}

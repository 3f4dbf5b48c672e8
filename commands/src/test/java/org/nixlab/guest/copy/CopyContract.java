package org.nixlab.guest.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What copies promise, whichever way their bytes take. */
public abstract class CopyContract extends CopyTruthContract {
    private static final String LISTING = "find . -printf '%P|%y|%m|%l|%T@\\0' | LC_ALL=C sort -z | tr '\\0' '\\n'"
            + " | sed -E 's/([.][0-9]{6})[0-9]*$/\\1/'; find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum";

    @Test
    void aFileGoesIntoADirectory() throws IOException {
        Files.writeString(host.resolve("a.txt"), "text");

        var result = copy.in(host.resolve("a.txt"), machine + "/", (done, total) -> {}, soon());

        assertThat(result).isEqualTo(new CopyResult(1, 4));
        assertThat(there("ls -A; cat a.txt")).isEqualTo("a.txt\ntext");
    }

    @Test
    void aFileReplacesAFile() throws IOException {
        Files.writeString(host.resolve("a.txt"), "new");
        there("echo old > b.txt");

        copy.in(host.resolve("a.txt"), machine + "/b.txt", (done, total) -> {}, soon());

        assertThat(there("cat b.txt")).isEqualTo("new");
    }

    @Test
    void aTreeArrivesAsItWasInBothDirections() throws IOException {
        var tree = tree();

        copy.in(tree, machine + "/copy", (done, total) -> {}, soon());
        assertThat(there("cd copy; " + LISTING))
                .isEqualTo(here("cd tree; " + LISTING))
                .contains("newline and 'quote'|f|");

        var notes = new Notes();
        copy.out(machine + "/copy/", host.resolve("back"), notes, soon());
        assertThat(here("cd back; " + LISTING)).isEqualTo(here("cd tree; " + LISTING));
        assertThat(notes.lines).isEmpty();
        assertThat(here("ls -A")).isEqualTo("back\ntree\n");
    }

    @Test
    void aDirectoryIsAddedToADirectoryOfItsName() throws IOException {
        Files.createDirectories(host.resolve("d/sub"));
        Files.writeString(host.resolve("d/sub/new"), "new");
        there("mkdir -p d/sub; echo kept > d/sub/kept");

        copy.in(host.resolve("d"), machine, (done, total) -> {}, soon());
        assertThat(there("ls d/sub")).isEqualTo("kept\nnew\n");

        Files.writeString(host.resolve("d/sub/mine"), "mine");
        copy.out(machine + "/d", host, (done, total) -> {}, soon());
        assertThat(here("ls d/sub")).isEqualTo("kept\nmine\nnew\n");
    }

    @Test
    void namesThatMeanSomethingElsewhereAreNames() throws IOException {
        there("mkdir -- -d '.hidden dir'; echo x > -d/file; echo y > 'a\\nb'; echo z > 'two\nlines'; echo w > '*'");
        var names = List.of("-d", ".hidden dir", "a\\nb", "two\nlines", "*");
        for (var name : names) {
            copy.out(machine + "/" + name, host, (done, total) -> {}, soon());
            copy.in(host.resolve(name), machine + "/back" + name, (done, total) -> {}, soon());
        }
        assertThat(here("ls -A | wc -l; cat -- -d/file 'a\\nb' 'two\nlines' '*'"))
                .isEqualTo("6\nx\ny\nz\nw\n");
        assertThat(there("cat -- back-d/file 'backa\\nb' 'backtwo\nlines' 'back*'"))
                .isEqualTo("x\ny\nz\nw\n");
    }

    /** As the working directory of whoever types {@code copy m:/d .} is called. */
    @Test
    void aTargetMayBeWrittenWithDots() throws IOException {
        Files.createDirectory(host.resolve("sub"));
        there("mkdir d; echo x > d/file");

        copy.out(machine + "/d/../d/.", host.resolve("sub/.."), (done, total) -> {}, soon());

        assertThat(here("cat d/file")).isEqualTo("x\n");
    }

    @Test
    void linksOfTheMachineLeadNowhereOnTheHost() throws IOException {
        Files.createDirectories(host.resolve("private"));
        Files.createDirectories(host.resolve("target"));
        there("mkdir d; ln -s " + host.resolve("private") + " d/s");
        copy.out(machine + "/d", host.resolve("target"), (done, total) -> {}, soon());
        there("rm d/s; mkdir d/s; echo x > d/s/file");

        copy.out(machine + "/d", host.resolve("target"), (done, total) -> {}, soon());

        assertThat(here("ls -A private; cat target/d/s/file")).isEqualTo("x\n");
    }

    @Test
    void muchThatIsSaidDuringACopyHoldsNothingUp() throws IOException {
        there(
                "mkdir d; perl -MSocket -e 'for (1..9000) { mkfifo($_) }; sub mkfifo { socket(S, PF_UNIX, SOCK_STREAM, 0);"
                        + " bind(S, sockaddr_un(\"d/\" . (\"n\" x 80) . $_[0])) }'; head -c 3000000 /dev/urandom > d/z");

        copy.out(machine + "/d", host, (done, total) -> {}, soon());

        assertThat(here("stat -c %s d/z")).isEqualTo("3000000\n");
    }

    @Test
    void holesStayHoles() throws IOException {
        here("truncate -s 40M holes; printf begin | dd of=holes conv=notrunc status=none;"
                + " printf middle | dd of=holes conv=notrunc bs=1M seek=20 status=none; truncate -s 3000001 empty");

        copy.in(host.resolve("holes"), machine, (done, total) -> {}, soon());
        copy.in(host.resolve("empty"), machine, (done, total) -> {}, soon());
        assertThat(there("sha256sum holes empty")).isEqualTo(here("sha256sum holes empty"));
        assertThat(Integer.parseInt(there("du -k holes | cut -f1").strip())).isLessThan(500);

        copy.out(machine + "/holes", host.resolve("back"), (done, total) -> {}, soon());
        copy.out(machine + "/empty", host.resolve("empty back"), (done, total) -> {}, soon());
        assertThat(here("cmp holes back; cmp empty 'empty back'")).isEmpty();
        assertThat(Integer.parseInt(here("du -k back | cut -f1").strip())).isLessThan(500);
    }

    @Test
    void progressReachesTheSize() throws IOException {
        Files.write(host.resolve("big"), randomBytes(3_000_000));
        var seen = new AtomicLong();

        copy.in(host.resolve("big"), machine, (done, total) -> seen.set(done == total ? done : -1), soon());
        assertThat(seen).hasValue(3_000_000);

        seen.set(0);
        copy.out(machine + "/big", host.resolve("again"), (done, total) -> seen.set(done == total ? done : -1), soon());
        assertThat(seen).hasValue(3_000_000);
        assertThat(host.resolve("again")).hasSameBinaryContentAs(host.resolve("big"));
    }

    @Test
    void severalGoOnAtOnce() throws IOException {
        var sources = IntStream.range(0, 3)
                .mapToObj(number -> host.resolve("big" + number))
                .toList();
        for (var source : sources) {
            Files.write(source, randomBytes(2_000_000 + sources.indexOf(source)));
        }

        var copies = sources.stream()
                .map(source -> CompletableFuture.runAsync(() -> {
                    copy.in(source, machine, (done, total) -> {}, soon());
                    copy.out(
                            machine + "/" + source.getFileName(),
                            host.resolve(source + " back"),
                            (done, total) -> {},
                            soon());
                }))
                .toList();
        copies.forEach(CompletableFuture::join);

        for (var source : sources) {
            assertThat(host.resolve(source + " back")).hasSameBinaryContentAs(source);
        }
    }

    @Test
    void aMissingSourceOrTargetIsNamed() throws IOException {
        Files.writeString(host.resolve("a"), "");

        assertThatThrownBy(() -> copy.in(host.resolve("none"), "/tmp/", (done, total) -> {}, soon()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("none does not exist");
        assertThatThrownBy(() -> copy.in(host.resolve("a"), machine + "/no/a", (done, total) -> {}, soon()))
                .hasMessageContaining("there is no directory " + machine + "/no");
        assertThatThrownBy(() -> copy.out(machine + "/nothing", host, (done, total) -> {}, soon()))
                .hasMessageContaining("there is no " + machine + "/nothing");
        assertThat(here("ls -A")).isEqualTo("a\n");
    }

    @Test
    void nothingIsLeftAtTheTargetWhenTheDeadlinePasses() throws IOException {
        here("head -c 300M /dev/zero | tr '\\0' x > big");

        assertThatThrownBy(() ->
                        copy.in(host.resolve("big"), machine, (done, total) -> {}, Deadline.in(Duration.ofMillis(300))))
                .isInstanceOf(DeadlineException.class);

        there("for i in {1..300}; do [[ $(ls -A) ]] || exit 0; sleep .1; done; exit 1");
        // What is left on the way of the one that was broken off is not taken for the next one's.
        Files.writeString(host.resolve("small"), "small");
        copy.in(host.resolve("small"), machine, (done, total) -> {}, soon());
        assertThat(there("cat small")).isEqualTo("small");
    }

    @Test
    void whatIsBrokenOffOnItsWayOutDisturbsNoOther() throws IOException {
        there("head -c 300M /dev/zero | tr '\\0' x > big; echo small > small");

        assertThatThrownBy(() -> copy.out(
                        machine + "/big",
                        host.resolve("big"),
                        (done, total) -> {},
                        Deadline.in(Duration.ofMillis(300))))
                .isInstanceOf(DeadlineException.class);
        assertThat(here("ls -A")).isEmpty();

        copy.out(machine + "/small", host, (done, total) -> {}, soon());
        assertThat(here("cat small")).isEqualTo("small\n");
        there("rm big");
    }

    private Path tree() throws IOException {
        Files.createDirectories(host.resolve("tree/sub dir/deep"));
        var tree = host.resolve("tree");
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
}

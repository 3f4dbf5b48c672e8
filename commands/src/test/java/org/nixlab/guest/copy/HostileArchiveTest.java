package org.nixlab.guest.copy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.guest.bulk.CopyChecksum;
import org.nixlab.guest.tar.PaxRecords;
import org.nixlab.guest.tar.RawName;
import org.nixlab.guest.tar.SparseMap;
import org.nixlab.guest.tar.TarEntry;
import org.nixlab.guest.tar.TarEntry.Kind;
import org.nixlab.guest.tar.TarHeader;
import org.nixlab.guest.tar.TarReader;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nixlab.guest.copy.Archives.TIME;
import static org.nixlab.guest.copy.Archives.archive;
import static org.nixlab.guest.copy.Archives.directory;
import static org.nixlab.guest.copy.Archives.endless;
import static org.nixlab.guest.copy.Archives.entry;
import static org.nixlab.guest.copy.Archives.file;
import static org.nixlab.guest.copy.Archives.header;
import static org.nixlab.guest.copy.Archives.mendSum;
import static org.nixlab.guest.copy.Archives.pax;

/** Machines whose root sends what it likes. */
@Timeout(60)
class HostileArchiveTest {
    @TempDir
    Path directory;

    private final CopyPlan plan = CopyPlan.of("/srv/x");
    private final String top = plan.stage();
    private HostStage stage;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(directory.resolve(".bashrc"), "mine");
        stage = HostStage.beside(directory);
    }

    @AfterEach
    void nothingElseWasTouched() throws IOException {
        stage.close();
        assertThat(directory).isDirectoryContaining("glob:**/.bashrc");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve(".bashrc"));
        }
        assertThat(directory.resolve(".bashrc")).hasContent("mine");
    }

    @Test
    void onlyTheNameThatWasAskedForComes() {
        for (var name : List.of(
                "x",
                ".bashrc",
                "/etc/passwd",
                "..",
                "../.bashrc",
                "./../.bashrc",
                top + "/../.bashrc",
                top + "/./a",
                top + "//a",
                "./" + top + "/..",
                "././" + top,
                "/" + top,
                top + "x",
                "",
                "/",
                ".")) {
            assertThatThrownBy(() -> receive(file(name, "evil")))
                    .as(name)
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("the machine sent what was not asked for: .*|the archive is damaged");
        }
        assertThat(stage.tree()).isEmptyDirectory();
    }

    @Test
    void nothingComesBesideTheTree() {
        assertThatThrownBy(() -> receive(directory(top), file(top + "/a", "a"), file(".bashrc", "evil")))
                .hasMessage("the machine sent what was not asked for: .bashrc");
        assertThatThrownBy(() -> receive(file(top + "/no/a", "a")))
                .hasMessage("the machine sent a file in no directory: x/no/a");
    }

    @Test
    void nothingIsMadeThroughALink() throws IOException {
        var aim = Files.createDirectory(directory.resolve(".aim"));
        var link = TarEntry.link(top + "/link", aim.toString(), TIME);

        assertThatThrownBy(() -> receive(directory(top), entry(link), file(top + "/link/file", "evil")))
                .hasMessage("the machine sent a file in no directory: x/link/file");
        assertThat(aim).isEmptyDirectory();
        Files.delete(aim);
    }

    /** On the way to another machine the host would follow it. */
    @Test
    void aLinkCannotTakeTheTreesPlace() throws IOException {
        var link = entry(TarEntry.link(top, directory.toString(), TIME));

        assertThatThrownBy(() -> receive(link)).hasMessage("the machine sent a link: x");
        assertThatThrownBy(() -> receive(link, file(top + "/.bashrc", "evil")))
                .hasMessage("the machine sent a link: x");
        assertThat(stage.tree()).isEmptyDirectory();
        receive(file(top, "first"));
        assertThatThrownBy(() -> receive(file(top, "evil"))).hasMessage("x: it came twice");
    }

    @Test
    void noLinkIsPassedOnInTheTreesPlace() {
        var relay = new TarRelay(plan, OutputStream.nullOutputStream(), -1, (done, total) -> {});
        var inside = archive(directory(top), entry(TarEntry.link(top + "/link", "/root", TIME)));
        var alone = archive(entry(TarEntry.link("./" + top, "/root", TIME)));

        assertThatCode(() -> relay.pass(inside, CopyChecksum.XXH32)).doesNotThrowAnyException();
        assertThatThrownBy(() -> relay.pass(alone, CopyChecksum.XXH32)).hasMessage("the machine sent a link: x");
    }

    @Test
    void hardLinksAreRefused() {
        var link = new TarEntry(Kind.HARD_LINK, top, "/etc/passwd", 0644, TIME, 0, Optional.empty());

        assertThatThrownBy(() -> receive(entry(link))).hasMessage("the machine sent a hard link: x");
    }

    @Test
    void devicesAndPipesAreNotMade() throws IOException {
        receive(
                directory(top),
                entry(new TarEntry(Kind.PIPE, top + "/p", "", 0666, TIME, 0, Optional.empty())),
                entry(new TarEntry(Kind.BLOCK_DEVICE, top + "/b", "", 0666, TIME, 0, Optional.empty())),
                entry(new TarEntry(Kind.CHARACTER_DEVICE, top + "/c", "", 0666, TIME, 0, Optional.empty())));

        assertThat(stage.tree().resolve(top)).isEmptyDirectory();
        assertThat(plan.notes().lines()).containsExactly("pipes, sockets and devices are left out: x/p, x/b, x/c");
    }

    @Test
    void modesAreThoseOfTheUmaskAndNeverSetuid() throws IOException {
        var receiver = receiver();
        receiver.receive(
                archive(
                        entry(TarEntry.directory(top, 07777, TIME)),
                        entry(TarEntry.file(top + "/f", 06777, TIME, SparseMap.whole(0)))),
                CopyChecksum.XXH32);
        receiver.finish();

        var umask = stage.umask();
        assertThat(mode(top)).isEqualTo(01777 & ~umask);
        assertThat(mode(top + "/f")).isEqualTo(0777 & ~umask);
        var made = Files.createDirectory(stage.tree().resolve("made"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(stage.tree().resolve(top))));
    }

    @Test
    void entriesWithoutEndEnd() {
        var numbers = new int[1];
        var endless = endless(() -> file(top + "/" + numbers[0]++, ""));
        assertThatThrownBy(() -> readAll(new TarReader(endless, 1000, 1 << 20)))
                .hasMessage("it has more than 1000 files");

        var headers = endless(() -> header('x', "x", 0));
        assertThatThrownBy(() -> readAll(new TarReader(headers, 1000, 1 << 20)))
                .hasMessage("it has more than 1000 files");
    }

    /** What came is known by its name until all has. */
    @Test
    void namesWithoutEndEnd() {
        var numbers = new int[1];
        var endless = endless(() -> file(top + "/" + "n".repeat(4000) + numbers[0]++, ""));
        assertThatThrownBy(() -> readAll(new TarReader(endless, 2000, 1 << 20)))
                .hasMessage("its names have more than 1048576 bytes");

        assertThatThrownBy(() -> receive(file("n".repeat(4097), "")))
                .hasMessage("a name in it has more than 4096 bytes");
        assertThatThrownBy(() -> receive(entry(TarEntry.link(top, "n".repeat(4097), TIME))))
                .hasMessage("a name in it has more than 4096 bytes");
    }

    @Test
    void aStreamThatGoesOnAfterItsEndEnds() {
        assertThatThrownBy(() -> TarReader.drain(endless(() -> new byte[512])))
                .hasMessage("the archive goes on after its end");
    }

    @Test
    void headersOfGigabytesAreNotRead() {
        for (var type : new char[] {'x', 'g'}) {
            assertThatThrownBy(() -> receive(header(type, "x", 1L << 32))).hasMessage("the archive is damaged");
        }
    }

    @Test
    void sparseFilesOfExabytesAreRefused() {
        for (var size : List.of("9000000000000000000", "999999999999999999", "17592186044417")) {
            assertThatThrownBy(() -> receive(sparse(size, "1\n" + size + "\n0\n")))
                    .hasMessageMatching("the archive is damaged|a file says that it has [0-9]+ bytes");
        }
        assertThatThrownBy(() -> receive(header('0', top, 1L << 54)))
                .hasMessage("a file says that it has " + (1L << 54) + " bytes");
    }

    /** A file would have what belongs to the next, or wait for what does not come. */
    @Test
    void sparseFilesHaveAsManyBytesAsTheirMapsSay() {
        for (var content : List.of("", "123456789", "12345678901")) {
            assertThatThrownBy(() -> receive(sparse("100", "1\n0\n10\n", content)))
                    .as(content)
                    .hasMessage("the archive is damaged");
        }
    }

    @Test
    void mapsThatAreNoneAreRefused() {
        for (var map : List.of(
                "9999999999\n",
                "2\n0\n1\n0\n1\n",
                "1\n10\n-1\n",
                "1\n90\n20\n",
                "1\n5\n",
                "x\n",
                "\n",
                "1\n0\n512\n")) {
            assertThatThrownBy(() -> receive(sparse("100", map))).as(map).isInstanceOf(IOException.class);
        }
    }

    @Test
    void namesThatTheHostCannotHaveAreNamed() {
        var name = "n".repeat(300);

        assertThatThrownBy(() -> receive(directory(top), file(top + "/" + name, "")))
                .hasMessageMatching("x/n{300}: .*[Nn]ame too long.*");
        assertThatThrownBy(() -> receive(file(top + "/x".repeat(40_000), "")))
                .hasMessage("a name in it has more than 4096 bytes");
    }

    @Test
    void namesThatAreNotTextKeepTheirBytes() throws IOException {
        var name = new String(new byte[] {'a', (byte) 0xFC, (byte) 0xFF, '%', '\n', '\\', 0x1B}, ISO_8859_1);

        receive(directory(top), file(top + "/" + name, "text"), entry(TarEntry.link(top + "/l", name, TIME)));

        try (var files = Files.newDirectoryStream(stage.tree().resolve(top), path -> !Files.isSymbolicLink(path))) {
            var file = files.iterator().next();
            assertThat(RawName.of(file)).endsWith("/" + name);
            assertThat(file).hasContent("text");
        }
        assertThat(stage.tree().resolve(top + "/l")).exists();
        assertThat(RawName.ofTarget(Files.readSymbolicLink(stage.tree().resolve(top + "/l"))))
                .isEqualTo(name);
    }

    @Test
    void timesThatNoClockShowsAreTaken() throws IOException {
        for (var time : List.of("1e999999999", "99999999999999999999", "-1", "x", "1.5.5")) {
            var pax = new PaxRecords();
            pax.put("mtime", time);
            try (var other = HostStage.beside(directory)) {
                var receiver = new TarReceiver(other, plan, (done, total) -> {}, -1);
                receiver.receive(archive(pax(pax), file(top, "")), CopyChecksum.XXH32);
                assertThat(other.tree().resolve(top)).exists();
            }
        }
    }

    /** Whatever bits are turned, it ends, and well or with an error that is one of input. */
    @Test
    void damagedArchivesEndInAnError() throws IOException {
        var random = new Random(1);
        var good = archive(
                        directory(top),
                        file(top + "/" + "long".repeat(60), "text"),
                        entry(TarEntry.link(top + "/l", "t".repeat(200), TIME)),
                        sparse("100000", "2\n0\n5\n99995\n5\n", "1234567890"))
                .readAllBytes();
        for (var round = 0; round < 2000; round++) {
            var bad = good.clone();
            for (var turned = 0; turned <= random.nextInt(4); turned++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            // The sums are right, or little else would ever be looked at.
            for (var at = 0; at < bad.length; at += 512) {
                if (random.nextBoolean() && new String(bad, at + 257, 5, ISO_8859_1).equals("ustar")) {
                    mendSum(bad, at);
                }
            }
            try (var other = HostStage.beside(directory)) {
                new TarReceiver(other, plan, (done, total) -> {}, -1)
                        .receive(new ByteArrayInputStream(bad, 0, random.nextInt(bad.length)), CopyChecksum.XXH32);
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void anArchiveThatIsCutShortSaysSo() throws IOException {
        var whole = archive(directory(top), file(top + "/a", "a")).readAllBytes();
        assertThatThrownBy(() ->
                        receiver().receive(new ByteArrayInputStream(Arrays.copyOf(whole, 1500)), CopyChecksum.XXH32))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void aSecondRoundBringsOnlyWhatCameInTheFirst() throws IOException {
        var receiver = receiver();
        receiver.receive(archive(directory(top), file(top + "/a", "a")), CopyChecksum.XXH32);

        receiver.receiveAgain(archive(file(top + "/a", "again")), CopyChecksum.XXH32);
        assertThat(stage.tree().resolve(top + "/a")).hasContent("again");
        assertThatThrownBy(() -> receiver.receiveAgain(archive(file(top + "/b", "b")), CopyChecksum.XXH32))
                .hasMessage("the machine sent what was not asked for: x/b");
    }

    /** Its mode would keep an ordinary user out. */
    @Test
    void aSecondRoundComesIntoADirectoryThatNobodyMayRead() throws IOException {
        var receiver = receiver();
        receiver.receive(
                archive(
                        entry(TarEntry.directory(top, 0, TIME)),
                        file(top + "/a", "a"),
                        entry(TarEntry.file(top + "/b", 0, TIME, SparseMap.whole(0)))),
                CopyChecksum.XXH32);
        assertThat(mode(top)).isEqualTo(0700);

        receiver.receiveAgain(archive(file(top + "/a", "again")), CopyChecksum.XXH32);
        assertThat(stage.tree().resolve(top + "/a")).hasContent("again");
        receiver.finish();

        assertThat(mode(top)).isZero();
        assertThat(Files.getLastModifiedTime(stage.tree().resolve(top)).toInstant())
                .isEqualTo(TIME);
    }

    private void receive(byte[]... pieces) throws IOException {
        receiver().receive(archive(pieces), CopyChecksum.XXH32);
    }

    private TarReceiver receiver() {
        return new TarReceiver(stage, plan, (done, total) -> {}, -1);
    }

    private int mode(String name) throws IOException {
        return (int) Files.getAttribute(stage.tree().resolve(name), "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }

    private static void readAll(TarReader tar) throws IOException {
        while (tar.next().isPresent()) {}
    }

    private byte[] sparse(String size, String map) {
        return sparse(size, map, "");
    }

    private byte[] sparse(String size, String map, String content) {
        var pax = new PaxRecords();
        pax.put("GNU.sparse.major", "1");
        pax.put("GNU.sparse.minor", "0");
        pax.put("GNU.sparse.name", top + (content.isEmpty() ? "" : "/sparse"));
        pax.put("GNU.sparse.realsize", size);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(pax(pax));
        bytes.writeBytes(TarHeader.make('0', "x", "", 0644, 512 + content.length(), 0));
        bytes.writeBytes(Arrays.copyOf(map.getBytes(ISO_8859_1), 512));
        bytes.writeBytes(Arrays.copyOf(content.getBytes(ISO_8859_1), (content.length() + 511) / 512 * 512));
        return bytes.toByteArray();
    }
}

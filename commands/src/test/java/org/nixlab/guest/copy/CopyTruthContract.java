package org.nixlab.guest.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.nixlab.base.LabException;
import org.nixlab.talk.ShellWord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What copies promise of all that does not just lie there: what comes is what it is, or is said. */
public abstract class CopyTruthContract extends CopySides {
    /** Lets files of the working directory grow, shrink, come and go. */
    private static final String WRITER = """
            for (my $i = 101;; $i++) {
                open F, '>>', 'app.log'; print F "$i\\n"; close F;
                open F, '>', "sub/$i"; print F 'x'; close F; unlink 'sub/' . ($i - 9);
                open F, '>', 'shrinks'; print F 'x' x 200000 if $i % 2; close F;
                select undef, undef, undef, 0.001;
            }""";

    @Test
    void aLinkThatIsNamedIsFollowedAndOthersStay() throws IOException {
        there("mkdir d real; echo text > real/file; ln -s ../real/file d/link; ln -s d/link twice; ln -s real to-real");
        copy.out(machine + "/twice", host.resolve("x"), (done, total) -> {}, soon());
        copy.out(machine + "/to-real", host, (done, total) -> {}, soon());
        copy.out(machine + "/d", host, (done, total) -> {}, soon());
        assertThat(here("find x to-real d -printf '%p|%y|%l '; cat x to-real/file"))
                .isEqualTo("x|f| to-real|d| to-real/file|f| d|d| d/link|l|../real/file text\ntext\n");

        here("ln -s to-real back; ln -s x single");
        copy.in(host.resolve("back"), machine, (done, total) -> {}, soon());
        copy.in(host.resolve("single"), machine, (done, total) -> {}, soon());
        assertThat(there("find back single -printf '%p|%y '; cat back/file single"))
                .isEqualTo("back|d back/file|f single|f text\ntext\n");

        there("ln -s nowhere dangling");
        assertThatThrownBy(() -> copy.out(machine + "/dangling", host, (done, total) -> {}, soon()))
                .hasMessageContaining("it is a link to nothing");
    }

    @Test
    void whatChangesMeanwhileFailsNothing() throws IOException {
        there("mkdir -p log/sub; seq 500000 > log/still; seq 100 > log/app.log; cd log; perl -e %s > /dev/null 2>&1 &"
                        .formatted(ShellWord.quote(WRITER))
                + " echo $! > ../writer; until (( $(wc -l <app.log) > 105 )); do sleep .01; done");
        var notes = new Notes();

        // The writer may stand still for as long as it takes to read the one file or the other.
        var changed = Pattern.compile("changed while copied: .*log/app[.]log.*").asMatchPredicate();
        var deadline = soon();
        try {
            do {
                copy.out(machine + "/log", host, notes, deadline);
            } while (notes.lines.stream().noneMatch(changed) && !deadline.hasPassed());
        } finally {
            there("kill $(cat writer)");
        }

        assertThat(here("seq 500000 | cmp - log/still; head -100 log/app.log | cmp - <(seq 100);"
                        + " awk '$1 != NR' log/app.log | head -1; ls -A"))
                .isEqualTo("log\n");
        assertThat(notes.lines).anyMatch(changed);
    }

    @Test
    void whatChangesOnTheHostMeanwhileFailsNothing() throws Exception {
        here("mkdir -p log/sub; seq 500000 > log/still; seq 100 > log/app.log");
        var writer = new ProcessBuilder("perl", "-e", WRITER)
                .directory(host.resolve("log").toFile())
                .start();
        try {
            here("until (( $(wc -l <log/app.log) > 105 )); do sleep .01; done");
            for (var round = 0; round < 3; round++) {
                copy.in(host.resolve("log"), machine + "/log", (done, total) -> {}, soon());
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertThat(there("seq 500000 | cmp - log/still; head -100 log/app.log | cmp - <(seq 100); ls -A"))
                .isEqualTo("log\n");
    }

    @Test
    void filesOfTheKernelHaveTheirContent() throws IOException {
        var notes = new Notes();
        copy.out("/proc/version", host, notes, soon());
        copy.out("/proc/sys/kernel/random", host, notes, soon());
        copy.out("/sys/kernel/mm", host, notes, soon());
        assertThat(here("cat version; cat random/poolsize; cat mm/transparent_hugepage/hpage_pmd_size || true"))
                .startsWith("Linux version ")
                .isEqualTo(succeed("cat /proc/version /proc/sys/kernel/random/poolsize"
                        + " /sys/kernel/mm/transparent_hugepage/hpage_pmd_size || true"));

        copy.in(Path.of("/proc/version"), machine, (done, total) -> {}, soon());
        copy.in(Path.of("/sys/kernel/mm"), machine, (done, total) -> {}, soon());
        assertThat(there("cat version; cd mm; find . -type f -size +0 | head -1"))
                .startsWith(here("cat /proc/version") + "./");
    }

    @Test
    void whatIsNoFileIsSaid() throws IOException {
        var notes = new Notes();
        here("mkdir d; mkfifo d/f; echo x > d/file");
        copy.in(host.resolve("d"), machine, notes, soon());
        assertThat(there("ls d")).isEqualTo("file\n");
        assertThat(notes.lines)
                .containsExactly("pipes, sockets and devices are left out: "
                        + host.toRealPath().resolve("d/f"));

        notes.lines.clear();
        there("mkfifo d/g; perl -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un(\"d/s\"))'");
        copy.out(machine + "/d", host.resolve("e"), notes, soon());
        assertThat(notes.lines).hasSize(1);
        assertThat(notes.lines.get(0))
                .startsWith("pipes, sockets and devices are left out: d/")
                .contains("d/g", "d/s");
        assertThatThrownBy(() -> copy.out(machine + "/d/g", host, notes, soon()))
                .hasMessageContaining("d/g is neither a file nor a directory");
    }

    @Test
    void namesThatAreNotTextArriveAsTheyAre() throws IOException {
        var names = "find . -print0 | LC_ALL=C sort -z | od -c";
        here("mkdir l; echo 1 > $'l/a\\xfc'; echo 2 > $'l/a\\xfd'; mkdir $'l/d\\xff'; echo 3 > $'l/d\\xff/\\u00fc';"
                + " ln -s $'d\\xff' $'l/l\\xfe'; truncate -s 300000 $'l/h\\xfa'");

        copy.in(host.resolve("l"), machine, (done, total) -> {}, soon());
        assertThat(there("cd l; " + names)).isEqualTo(here("cd l; " + names));
        assertThat(there("cat $'l/a\\xfd' $'l/l\\xfe/\\u00fc'")).isEqualTo("2\n3\n");

        copy.out(machine + "/l", host.resolve("back"), (done, total) -> {}, soon());
        assertThat(here("cd back; " + names)).isEqualTo(here("cd l; " + names));
        assertThat(here("diff -r l back")).isEmpty();

        try (var files = Files.newDirectoryStream(host.resolve("l"), "a*")) {
            for (var file : files) {
                copy.in(file, machine + "/", (done, total) -> {}, soon());
            }
        }
        assertThat(there("cat $'a\\xfc' $'a\\xfd'")).isEqualTo("1\n2\n");
    }

    @Test
    void allBitsOfModesGoIn() throws IOException {
        here("mkdir -m 1777 s; mkdir -m 2755 s/g; touch s/f; chmod 2755 s/f");

        copy.in(host.resolve("s"), machine, (done, total) -> {}, soon());

        assertThat(there("stat -c %a s s/g s/f")).isEqualTo("1777\n2755\n2755\n");
    }

    @Test
    void whatIsThereKeepsItsMode() throws IOException {
        there(
                "echo old > f; chmod 640 f; mkdir -p d/sub; chmod 1777 d; chmod 2750 d/sub; echo old > d/f; chmod 600 d/f");
        here("echo new > f; chmod 755 f; mkdir -p d/sub/more; echo new > d/f; echo new > d/g; chmod 705 d/g");

        copy.in(host.resolve("f"), machine, (done, total) -> {}, soon());
        copy.in(host.resolve("d"), machine, (done, total) -> {}, soon());
        assertThat(there("stat -c %a f d d/sub d/f d/g; cat f d/f")).isEqualTo("640\n1777\n2750\n600\n705\nnew\nnew\n");

        here("chmod 604 f; chmod 711 d; chmod 406 d/f; rm d/g");
        copy.out(machine + "/f", host, (done, total) -> {}, soon());
        copy.out(machine + "/d", host, (done, total) -> {}, soon());
        assertThat(here("stat -c %a f d d/f d/g")).isEqualTo("604\n711\n406\n705\n");
    }

    @Test
    void anOwnerStays() throws IOException {
        if (!succeed("id -u").equals("0\n")) {
            return;
        }
        there("echo old > f; chown 1:2 f; mkdir d; chown 3:4 d; echo old > d/f; chown 5:6 d/f");
        here("echo new > f; mkdir d; echo new > d/f");

        copy.in(host.resolve("f"), machine, (done, total) -> {}, soon());
        copy.in(host.resolve("d"), machine, (done, total) -> {}, soon());

        assertThat(there("stat -c %u:%g f d d/f; cat f d/f")).isEqualTo("1:2\n3:4\n5:6\nnew\nnew\n");
    }

    @Test
    void whatEndsInDotsIsNamedByWhatItLeadsTo() throws IOException {
        there("mkdir -p p/q; echo x > p/file");
        here("mkdir -p o/x p/q/r; echo y > p/q/file");

        copy.out(machine + "/p/q/..", host.resolve("o/x"), (done, total) -> {}, soon());
        assertThat(here("ls o o/x o/x/p")).isEqualTo("o:\nx\n\no/x:\np\n\no/x/p:\nfile\nq\n");

        copy.in(host.resolve("p/q/r/.."), machine, (done, total) -> {}, soon());
        copy.in(host.resolve("p/q/."), machine + "/p", (done, total) -> {}, soon());
        assertThat(there("ls q p/q")).isEqualTo("p/q:\nfile\nr\n\nq:\nfile\nr\n");
    }

    @Test
    void wholeSystemsAreRefused() {
        for (var source : List.of("/", "//", "/..", "/root/..", "../..")) {
            assertThatThrownBy(() -> copy.out(source, host, (done, total) -> {}, soon()))
                    .as(source)
                    .isInstanceOf(LabException.class)
                    .hasMessage("a whole machine cannot be copied");
        }
        assertThatThrownBy(() -> copy.in(Path.of("/"), machine, (done, total) -> {}, soon()))
                .hasMessage("the whole host cannot be copied");
        assertThatThrownBy(() -> copy.in(Path.of("/usr/.."), machine, (done, total) -> {}, soon()))
                .hasMessage("the whole host cannot be copied");
    }

    @Test
    void theDisksOfLabsStay() throws IOException {
        var notes = new Notes();
        here("mkdir -p lab/.nixlab/one lab/sub; echo disk > lab/.nixlab/one/disk; echo x > lab/one.nix");

        copy.in(host.resolve("lab"), machine, notes, soon());
        assertThat(there("ls -A lab")).isEqualTo("one.nix\nsub\n");
        assertThat(notes.lines)
                .containsExactly("left out, because labs keep their disks there: "
                        + host.toRealPath().resolve("lab/.nixlab"));

        copy.in(host.resolve("lab/.nixlab"), machine, notes, soon());
        assertThat(there("cat .nixlab/one/disk")).isEqualTo("disk\n");
    }

    @Test
    void whatCannotBePlacedLeavesAllAsItWas() throws IOException {
        there("mkdir -p d; echo new > d/a; echo new > d/b");
        here("mkdir -p d/b; echo old > d/a");

        assertThatThrownBy(() -> copy.out(machine + "/d", host, (done, total) -> {}, soon()))
                .hasMessageContaining("d/b is there and is a directory");
        assertThat(here("cat d/a; ls -A")).isEqualTo("old\nd\n");
    }
}

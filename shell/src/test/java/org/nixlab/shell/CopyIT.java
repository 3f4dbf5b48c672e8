package org.nixlab.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

import static org.assertj.core.api.Assertions.assertThat;

/** Files on their way between real machines, pipes and an editor. */
@Timeout(600)
class CopyIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    @BeforeAll
    static void run() throws Exception {
        Files.writeString(directory.resolve("pair.nix"), "{ left = { }; right = { }; }");
        nixlab(Duration.ofMinutes(10), "-e", "run", "pair.nix");
    }

    @AfterAll
    static void stop() {
        Launcher.run(directory, LIMIT, "stop");
    }

    @Test
    void aTreeGoesFromMachineToMachineAsItIs() {
        exec("left", """
                mkdir -p '/srv/a tree/empty' && cd '/srv/a tree' && echo text > 'two
                lines' && ln -s ../gone link && : > nothing && printf '\\0\\377' > bytes && chmod 750 bytes &&
                touch -d '2001-02-03 04:05:06' bytes""");

        nixlab(LIMIT, "copy", "left:/srv/a tree", "right:/srv/");

        var list =
                "cd '/srv/a tree' && find . -printf '%P|%y|%m|%l|%s|' && stat -c %Y bytes && sha256sum bytes nothing";
        var size =
                "cd '/srv/a tree' && find . -type f -printf '%P|%y|%m|%l|%s|%T@|' | sed -E 's/([.][0-9]{6})[0-9]*/\\1/g'";
        assertThat(exec("right", size)).isEqualTo(exec("left", size)).contains("two\nlines|f|");
        assertThat(exec("right", list).replaceAll("d\\|755\\|\\|\\d+\\|", "d|"))
                .isEqualTo(exec("left", list).replaceAll("d\\|755\\|\\|\\d+\\|", "d|"));
    }

    @Test
    void ownersAndSetuidBitsStayBetweenMachines() {
        exec(
                "left",
                "mkdir /srv/tools && cp /bin/true /srv/tools/tool && chown daemon:mail /srv/tools/tool &&"
                        + " chmod 6755 /srv/tools/tool && chmod 1777 /srv/tools && truncate -s 30M /srv/tools/hole");

        nixlab(LIMIT, "copy", "left:/srv/tools/", "right:/srv/new.d");

        assertThat(exec("right", "cd /srv/new.d && stat -c '%a %U %G' . tool; du -k hole | cut -f1"))
                .isEqualTo("1777 root root\n6755 daemon mail\n0\n");
        assertThat(Launcher.run(directory, LIMIT, "copy", "left:/srv/none", "right:/srv/")
                        .err())
                .contains("there is no /srv/none");
        assertThat(Launcher.run(directory, LIMIT, "copy", "left:/srv/tools", "right:/no/such/")
                        .err())
                .contains("there is no directory /no/such/");
        assertThat(exec("right", "ls -A /srv | grep nixlab-copy || true")).isEmpty();
    }

    @Test
    void whatChangesOnItsWayToAnotherMachineFailsNothing() {
        exec("left", """
                mkdir -p /srv/live/sub && cd /srv/live && seq 100000 > still && : > app.log && ln -s live ../named
                (while :; do echo x >> app.log; echo > sub/$((++i)); rm -f sub/$((i - 3)); done) > /dev/null 2>&1 &
                echo $! > /run/writer; until [[ -s app.log ]]; do :; done""");
        try {
            var copied = nixlab(LIMIT, "copy", "left:/srv/named", "right:/srv/");
            assertThat(copied.err()).containsPattern("changed while copied: .*named/app[.]log");
        } finally {
            exec("left", "kill $(cat /run/writer)");
        }

        assertThat(exec(
                        "right",
                        "cd /srv/named && seq 100000 | cmp - still && sort -u app.log; ls -A /srv | grep nixlab || :"))
                .isEqualTo("x\n");
    }

    @Test
    void theRemainsOfAKilledCopyAreGoneWithTheNext() throws Exception {
        // So large that no host copies it before it is looked at.
        exec("left", "head -c 600M /dev/zero > /srv/large; echo small > /srv/small");
        var target = Files.createDirectory(directory.resolve("target"));
        var words = Launcher.command(directory, "copy", "left:/srv/large", "target/")
                .words();
        var running = new ProcessBuilder(words).directory(directory.toFile()).start();
        while (!isUnderWay(target)) {
            assertThat(running.isAlive()).isTrue();
        }
        running.destroyForcibly().waitFor();
        assertThat(isUnderWay(target)).isTrue();

        nixlab(LIMIT, "copy", "left:/srv/small", "target/");
        exec("left", "rm /srv/large");

        assertThat(target).isDirectoryNotContaining("glob:**/.nixlab-copy-*");
    }

    @Test
    void aMachineThatDiesEndsItsCopyAndShowsNoneOfIt() throws Exception {
        var big = directory.resolve("big");
        var make = HostCommand.of("sh", "-c", "head -c 400000000 /dev/urandom > big")
                .in(directory);
        assertThat(HostProcess.run(make, Deadline.in(LIMIT)).exitCode()).isZero();
        var copy = CompletableFuture.supplyAsync(() -> Launcher.run(directory, LIMIT, "copy", "big", "right:/srv/big"));
        // Stopped in the middle, or a fast host is done before the machine ends.
        exec("right", "until ls -A /srv | grep nixlab-copy; do sleep .1; done; pkill -STOP -x tar");

        nixlab(LIMIT, "kill", "right");

        var result = copy.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        nixlab(Duration.ofMinutes(5), "-e", "run right");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
        assertThat(result.err()).contains("right is not running");
        assertThat(exec("right", "ls /srv/big 2>&1 || true")).contains("No such file");
        // What had come to the disk by then is left beside the target, hidden.
        exec("right", "rm -f /srv/.nixlab-copy-*");
        Files.delete(big);
    }

    @Test
    void pipesAreSourcesAndTargets() {
        exec("left", "install -m 640 -o daemon /dev/null /srv/owned");
        var command =
                Launcher.command(directory, "copy", "-", "left:/srv/owned").input("one\0two".getBytes());
        assertThat(HostProcess.run(command, Deadline.in(LIMIT)).exitCode()).isZero();

        assertThat(exec("left", "stat -c '%a %U' /srv/owned; ls /srv/owned*")).isEqualTo("640 daemon\n/srv/owned\n");
        assertThat(nixlab(LIMIT, "copy", "left:/srv/owned", "-").out()).isEqualTo("one\0two");
        assertThat(Launcher.run(directory, LIMIT, "copy", "left:/srv/none", "-").err())
                .contains("/srv/none could not be read");
    }

    @Test
    void aFileIsEditedInPlace() throws Exception {
        exec("right", "printf 'first\\nsecond\\n' > /srv/edited && chmod 600 /srv/edited");
        var environment = Map.of("EDITOR", "sed -i s/first/changed/", "VISUAL", "");
        try (var terminal = new TestTerminal(
                directory, Path.of("bin/nixlab").toAbsolutePath().toString(), environment)) {
            terminal.await("nixlab pair 2/2> ", LIMIT);
            terminal.type("edit right:/srv/edited\r");
            terminal.await("nixlab pair 2/2> ", LIMIT);
            terminal.type("edit right:/srv/edited\r");
            terminal.await("right:/srv/edited is as it was", LIMIT);
            terminal.await("nixlab pair 2/2> ", LIMIT);
            terminal.type("\u0004");
            assertThat(terminal.awaitExit(LIMIT)).isZero();
        }
        assertThat(exec("right", "stat -c %a /srv/edited; cat /srv/edited")).isEqualTo("600\nchanged\nsecond\n");
    }

    @Test
    void namesAndWordsStayWithoutAUtf8Locale() {
        var make = HostCommand.of("sh", "-c", "mkdir words && echo 1 >words/f\u00fcr && cp pair.nix \u00fcber.nix")
                .in(directory);
        assertThat(HostProcess.run(make, Deadline.in(LIMIT)).exitCode()).isZero();

        inC("copy", "words", "left:/srv/");
        inC("copy", "left:/srv/words", "words2");
        var sent = inC("exec", "left", "printf %s \u00fc\u20ac | od -An -tx1; ls /srv/words | od -An -c");
        var home = inC("-e", "!echo $LC_ALL; ls words2 | od -An -tx1", "\u00fcber.nix");

        assertThat(sent.out().replaceAll(" +", " ")).isEqualTo(" c3 bc e2 82 ac\n f 303 274 r \\n\n");
        assertThat(home.out().replaceAll(" +", " ")).isEqualTo("C\n 66 c3 bc 72 0a\n");
        exec("left", "rm -r /srv/words");
    }

    private static ProcessResult inC(String... words) {
        var result = HostProcess.run(Launcher.command(directory, words).environment("LC_ALL", "C"), Deadline.in(LIMIT));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private static boolean isUnderWay(Path target) throws IOException {
        try (var files = Files.find(target, 3, (path, attributes) -> attributes.isRegularFile())) {
            return files.anyMatch(file -> file.getParent().endsWith("tree"));
        } catch (UncheckedIOException e) {
            // Its directories come and go.
            return false;
        }
    }

    private static String exec(String machine, String command) {
        return nixlab(LIMIT, "exec", machine, command).out();
    }

    private static ProcessResult nixlab(Duration limit, String... words) {
        var result = Launcher.run(directory, limit, words);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }
}

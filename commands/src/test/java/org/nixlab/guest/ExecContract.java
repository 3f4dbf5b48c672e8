package org.nixlab.guest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.guest.channel.CommandEvent;
import org.nixlab.guest.channel.CommandExit;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.KeptOutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What running commands must be like, on every kind of guest. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ExecContract extends SessionContract {
    /** What the guest's journal holds by now. */
    protected abstract String journal();

    @Test
    void outputErrorOutputAndExitCodeAreKeptApart() {
        var kept = new KeptOutput();
        var running = shell().start(ExecRequest.of("echo out; echo err >&2; exit 3"), Deadline.in(LONG));

        assertThat(running.await(kept, Deadline.in(LONG))).isEqualTo(new CommandExit(3, false, 0));
        assertThat(kept.output().text()).isEqualTo("out\n");
        assertThat(kept.errorOutput().text()).isEqualTo("err\n");
    }

    @Test
    void everyByteArrivesUnchanged() {
        var result = run("printf 'a\\0\\377\\303\\nno newline'");

        assertThat(result.getOutBytes()).isEqualTo("a\0\u00ff\u00c3\nno newline".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aLongOutputIsSpilledToAFileWithoutAName() throws IOException {
        var result = run("head -c 20000000 /dev/zero | tr '\\0' x; echo end >&2");

        assertThat(result.output().size()).isEqualTo(20_000_000);
        assertThat(result.getErr()).isEqualTo("end\n");
        assertThatThrownBy(() -> result.getOut())
                .isInstanceOf(LabException.class)
                .hasMessageContaining("20000000");
        try (var stream = result.output().open()) {
            assertThat(stream.readAllBytes()).hasSize(20_000_000).containsOnly('x');
        }
        assertThat(openFiles()).anyMatch(file -> file.matches(".*/nixlab-output-.* \\(deleted\\)"));
    }

    private static List<String> openFiles() throws IOException {
        var files = new ArrayList<String>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var descriptor : descriptors) {
                // That of this listing is closed by then.
                if (Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)) {
                    files.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        return files;
    }

    @Test
    void aLineOfTenMebibytesIsOneLine() {
        var result = run("head -c 10485760 /dev/zero | tr '\\0' x; echo; echo y");

        assertThat(result.getOut().lines().map(String::length)).containsExactly(10_485_760, 1);
    }

    @Test
    void inputIsEmptyUnlessGiven() {
        assertThat(run("cat; echo end").getOut()).isEqualTo("end\n");
    }

    @Test
    void inputIsPassedOnToItsEnd() {
        var data = new byte[3_000_000];
        new Random(1).nextBytes(data);
        var request = ExecRequest.of("cat").withStdin(new ByteArrayInputStream(data));

        var result = shell().run(request, Deadline.in(LONG));

        assertThat(result.getOutBytes()).isEqualTo(data);
    }

    @Test
    void inputThatCannotBeReadToItsEndFailsTheCommand() {
        var broken = new SequenceInputStream(new ByteArrayInputStream(new byte[100]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Is a directory");
            }
        });
        var request = ExecRequest.of("wc -c").withStdin(broken);

        assertThatThrownBy(() -> shell().run(request, Deadline.in(LONG)))
                .isInstanceOf(LabException.class)
                .hasMessage("the input could not be read (Is a directory) during `wc -c`");
        assertThat(run("echo next").getOut()).isEqualTo("next\n");
    }

    @Test
    void inputThatIsNotReadDoesNotReachTheNextCommand() {
        var request = ExecRequest.of("head -c 3").withStdin(new ByteArrayInputStream(new byte[3_000_000]));

        assertThat(shell().run(request, Deadline.in(LONG)).output().size()).isEqualTo(3);
        assertThat(run("cat; echo next").getOut()).isEqualTo("next\n");
    }

    @Test
    void outputStreamsWhileTheCommandRuns() throws IOException {
        try (var running =
                shell().startWithInput(ExecRequest.of("echo one; read line; echo $line"), Deadline.in(LONG))) {
            var first = running.next(Deadline.in(LONG));
            assertThat(((CommandEvent.Output) first).data()).isEqualTo("one\n".getBytes(StandardCharsets.UTF_8));

            running.stdin().write("two\n".getBytes(StandardCharsets.UTF_8));

            var rest = new Collected();
            assertThat(running.await(rest, Deadline.in(LONG)).status()).isZero();
            assertThat(rest.out()).isEqualTo("two\n");
        }
    }

    @Test
    void commandsOfOneMegabyteRun() {
        var comment = "x".repeat((1 << 20) - 100);

        assertThat(run("echo begin\n# " + comment + "\necho end").getOut()).isEqualTo("begin\nend\n");
    }

    @Test
    void aCommandLeavesNothingToItsSuccessor() {
        run("cd /tmp; export LEAK=1; leak() { echo leak; }; set -e; exec 2>&-; umask 0");

        assertThat(run("echo ${LEAK-none}; type leak; echo $-; umask").getOut())
                .startsWith("none\n")
                .endsWith("0022\n")
                .doesNotContain("e\n0022");
    }

    @Test
    void theCommandSeesNothingOfItsSlot() {
        assertThat(run("set | grep -i nixlab_; ls /proc/self/fd | wc -l").getOut())
                .isEqualTo("4\n");
    }

    @Test
    void wordsOfEveryAlphabetRun() {
        assertThat(run("x='\u00e4\u20ac\ud83d\ude00'; echo $x").getOut()).isEqualTo("\u00e4\u20ac\ud83d\ude00\n");
    }

    @Test
    void directoryAndEnvironmentAreTheRequests() {
        var request =
                ExecRequest.of("pwd; echo \"$TEXT\"").inDirectory("/usr/share").with("TEXT", "it's $x\n`y`");

        assertThat(shell().run(request, Deadline.in(LONG)).getOut()).isEqualTo("/usr/share\nit's $x\n`y`\n");
    }

    @Test
    void unfinishedQuotesAndIfsAreErrorsNotHangs() {
        assertThat(run("echo 'abc").exitCode()).isEqualTo(2);
        assertThat(run("if true; then").exitCode()).isEqualTo(2);
        assertThat(run("no-such-program").exitCode()).isEqualTo(127);
    }

    @Test
    void linesAreCountedFromTheFirstOfTheCommand() {
        var request = ExecRequest.of("cd /nosuch\n\ncd /nosuch; echo $LINENO")
                .with("X", "y")
                .inDirectory("/");

        var result = shell().run(request, Deadline.in(LONG));

        assertThat(result.getOut()).isEqualTo("3\n");
        assertThat(result.getErr()).startsWith("bash: line 1: cd: ").contains("\nbash: line 3: cd: ");
        assertThat(run("if").getErr()).contains(" line 2: syntax error");
    }

    @Test
    void leavingTheShellIsHarmless() {
        assertThat(run("exit 7").exitCode()).isEqualTo(7);
        assertThat(run("exec sh -c 'exit 8'").exitCode()).isEqualTo(8);
        assertThat(run("exec 0<&- 1>&- 2>&-; exit 9").exitCode()).isEqualTo(9);
        assertThat(run("kill -9 $BASHPID; echo not").exitCode()).isEqualTo(137);
        assertThat(run("kill -9 $$; sleep 60").exitCode()).isEqualTo(137);
        assertThat(run("echo alive").getOut()).isEqualTo("alive\n");
    }

    @Test
    void whatAChildLeftBehindPrintsGoesToTheJournal() {
        var done = "/tmp/nixlab-left-" + System.nanoTime();
        var kept = new KeptOutput();
        var request = ExecRequest.of("(sleep 3; echo from the child; touch " + done + ") & echo now");

        assertThat(shell().start(request, Deadline.in(LONG))
                        .await(kept, Deadline.in(LONG))
                        .leftBehind())
                .isPositive();
        assertThat(kept.output().text()).isEqualTo("now\n");
        var next = run("until [[ -e " + done + " ]]; do sleep .1; done; rm " + done + "; echo next");
        assertThat(next.getOut()).isEqualTo("next\n");
        assertThat(next.getErr()).isEmpty();
        Await.guest()
                .until(
                        new Condition(
                                "the child's line in the journal",
                                () -> new Condition.Observation(journal().contains("from the child"), ""),
                                ""),
                        Deadline.in(LONG));
    }

    @Test
    void aDaemonOutlivesACancelOfALaterCommand() {
        run("setsid sleep " + unique + " >/dev/null 2>&1 & until pgrep -f '^sleep " + unique + "'; do sleep .1; done");
        var later = shell().start(ExecRequest.of("echo on; sleep 60"), Deadline.in(LONG));
        later.next(Deadline.in(LONG));
        later.cancel();
        later.await(new Collected(), Deadline.in(LONG));

        assertThat(run("pgrep -fc '^sleep " + unique + "'; pkill -f '^sleep " + unique + "'")
                        .getOut())
                .isEqualTo("1\n");
    }

    @Test
    void theLastWordsOfAProcessSubstitutionBelongToTheCommand() {
        assertThat(run("echo hi > >(read -r word; echo ${word^^})").getOut()).isEqualTo("HI\n");
    }

    @Test
    void cancellingEndsEverythingTheCommandStarted() {
        var command =
                "trap '' TERM; (setsid sh -c 'trap \"\" TERM; exec sleep " + unique + "') & echo on; sleep " + unique;
        var running = shell().start(ExecRequest.of(command), Deadline.in(LONG));
        running.next(Deadline.in(LONG));

        running.cancel();

        var exit = running.await(new Collected(), Deadline.in(LONG));
        assertThat(exit.cancelled()).isTrue();
        assertThat(exit.leftBehind()).isZero();
        assertThat(run("pgrep -fc '^sleep " + unique + "'").getOut()).isEqualTo("0\n");
    }

    /** A shell that outlives what it waits for goes on. */
    @Test
    void nothingBeginsInACommandThatIsCancelled() {
        var marks = "/tmp/nixlab-begun-" + System.nanoTime();
        var running = shell().start(
                        ExecRequest.of("mkdir " + marks + "; for i in {1..100}; do (sleep " + unique + "; : >" + marks
                                + "/$i) & done; until [[ $(pgrep -fc '^sleep " + unique
                                + "') == 100 ]]; do sleep 0.1; done;"
                                + " echo on; wait"),
                        Deadline.in(LONG));
        running.next(Deadline.in(LONG));

        running.cancel();

        running.await(new Collected(), Deadline.in(LONG));
        assertThat(run("ls " + marks + "; rm -r " + marks).getOut()).isEmpty();
    }

    @Test
    void cancellingLetsTheCommandCleanUp() {
        var running = shell().start(
                        ExecRequest.of(
                                "trap 'sleep 0.3; /bin/echo cleaned; exit 5' TERM; echo on; while :; do sleep 0.1; done"),
                        Deadline.in(LONG));
        running.next(Deadline.in(LONG));

        running.cancel();

        var rest = new Collected();
        assertThat(running.await(rest, Deadline.in(LONG)).status()).isEqualTo(5);
        assertThat(rest.out()).isEqualTo("cleaned\n");
    }

    @Test
    void aCommandThatOnlyPrintsCanBeCancelled() {
        var running = shell().start(ExecRequest.of("yes"), Deadline.in(LONG));
        running.next(Deadline.in(LONG));

        running.cancel();

        assertThat(running.await((stream, data) -> {}, Deadline.in(LONG)).cancelled())
                .isTrue();
        assertThat(run("echo next").getOut()).isEqualTo("next\n");
    }

    @Test
    void aDeadlineEndsTheWaitAndTheCommand() {
        var request = ExecRequest.of("trap '' TERM; sleep " + unique);
        run("true");

        assertThatThrownBy(() -> shell().run(request, Deadline.in(Duration.ofMillis(1500))))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("sleep " + unique);

        assertThat(run("for i in {1..100}; do pgrep -f '^sleep " + unique + "' || exit 0; sleep .1; done; exit 1")
                        .exitCode())
                .isZero();
    }

    @Test
    void anInterruptCancelsTheCommand() throws InterruptedException {
        var failure = new CompletableFuture<Throwable>();
        var running = shell().start(ExecRequest.of("echo on; exec sleep " + unique), Deadline.in(LONG));
        running.next(Deadline.in(LONG));
        var waiter = new Thread(() -> {
            try {
                running.await(new Collected(), Deadline.in(LONG));
            } catch (CancelledException e) {
                failure.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag lost"));
            }
        });
        waiter.start();

        waiter.interrupt();

        assertThat(failure.join()).isInstanceOf(CancelledException.class);
        assertThat(run("for i in {1..100}; do pgrep -f '^sleep " + unique + "' || exit 0; sleep .1; done; exit 1")
                        .exitCode())
                .isZero();
    }

    @Test
    void severalCommandsRunAtOnce() {
        List<RunningCommand> running = new ArrayList<>();
        for (var i = 0; i < 4; i++) {
            running.add(shell().startWithInput(ExecRequest.of("read x; echo $x"), Deadline.in(LONG)));
        }
        for (var command : running) {
            try {
                command.stdin().write("go\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            var output = new Collected();
            assertThat(command.await(output, Deadline.in(LONG)).status()).isZero();
            assertThat(output.out()).isEqualTo("go\n");
        }
    }

    @Test
    void hundredsInSequenceDoNotDrift() {
        for (var i = 0; i < 200; i++) {
            assertThat(run("echo " + i).getOut()).isEqualTo(i + "\n");
        }
    }
}

package org.nixlab.lab;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.Vm;
import org.nixlab.model.Selector;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The protocol of the NixOS test driver works on the classic backdoor, and what is weak in it is not weak in nixlab's own
 * channels. What becomes of commands when the machine panics, restarts or ends is shown by {@link ResetIT} and {@link
 * LabFailureIT}.
 */
@Timeout(1200)
class ClassicProtocolIT {
    @TempDir
    static Path directory;

    private static TestLab lab;
    private static Vm machine;

    @BeforeAll
    static void boot() {
        lab = new TestLab(directory, """
                { m.users.users.alice.isNormalUser = true; hung = { }; }
                """);
        lab.run();
        machine = lab.lab().machine("m");
    }

    @AfterAll
    static void pullThePlug() {
        lab.close();
    }

    /** As nixos/lib/test-driver of nixpkgs speaks it. */
    @Test
    void theDriversOwnFramingIsUnderstood() throws IOException {
        var socket = UnixDomainSocketAddress.of(lab.directory("m").backdoor());
        try (var channel = SocketChannel.open(socket)) {
            // The greeting came when the machine booted: a console drops what nobody reads.
            assertThat(driverExecutes(channel, "uname -s; echo it\\''s")).isEqualTo("0 Linux\nits\n");
            assertThat(driverExecutes(channel, "false | true")).isEqualTo("1 ");
            assertThat(driverExecutes(channel, "echo lost >&2; exit 7")).isEqualTo("7 ");
            assertThat(driverExecutes(channel, "seq 1 20000 | tail -n 1")).isEqualTo("0 20000\n");
        }
    }

    private static String driverExecutes(SocketChannel channel, String command) throws IOException {
        write(channel, "timeout 900 bash -c 'set -euo pipefail; " + command + "' | (base64 -w 0; echo)\n");
        var output = new String(Base64.getDecoder().decode(line(channel)), StandardCharsets.UTF_8);
        write(channel, "echo ${PIPESTATUS[0]}\n");
        return line(channel) + " " + output;
    }

    @Test
    void errorOutputIsReturnedApart() {
        var result = run("echo out; echo err >&2");

        assertThat(result.getOut()).isEqualTo("out\n");
        assertThat(result.getErr()).isEqualTo("err\n");
    }

    @Test
    void outputComesWhileTheCommandRuns() {
        run("mkfifo /tmp/go");
        var came = new CountDownLatch(1);
        var output = new ByteArrayOutputStream();
        OutputSink sink = (stream, data) -> {
            output.writeBytes(data);
            came.countDown();
        };
        var running = CompletableFuture.supplyAsync(
                () -> machine.execute(ExecRequest.of("echo on; cat /tmp/go"), sink, soon()));
        await(came);
        run("echo off >/tmp/go");

        assertThat(running.join().succeeded()).isTrue();
        assertThat(output.toString(StandardCharsets.US_ASCII)).isEqualTo("on\noff\n");
    }

    @Test
    void manyThreadsTalkToOneMachine() {
        var answers = IntStream.range(0, 8)
                .mapToObj(thread -> CompletableFuture.supplyAsync(() -> IntStream.range(0, 25)
                        .allMatch(i -> run("echo " + thread + "." + i).getOut().equals(thread + "." + i + "\n"))))
                .toList();

        assertThat(answers).allMatch(CompletableFuture::join);
    }

    @Test
    void aCommandThatReadsItsInputFindsNone() {
        assertThat(run("cat; read x; echo [$x]; ssh -V").getOut()).isEqualTo("[]\n");
    }

    @Test
    void aChildThatKeepsTheOutputOpenHoldsNothingUp() {
        assertThat(run("sleep 1000.5 & echo done").getOut()).isEqualTo("done\n");
        assertThat(run("pkill -f '^sleep 1000[.]5'").succeeded()).isTrue();
    }

    @Test
    void aTimeoutEndsAlsoThoseThatLeftTheSession() {
        var command = ExecRequest.of("setsid sleep 1001.5 & (setsid setsid sleep 1001.6 &); wait; sleep 1001.7");

        assertThatThrownBy(() -> machine.execute(command, Deadline.in(Duration.ofSeconds(1))))
                .isInstanceOf(DeadlineException.class);

        assertThat(run("for i in {1..100}; do pgrep -f '^sleep 1001[.]' || exit 0; sleep .1; done; exit 1")
                        .exitCode())
                .isZero();
        assertThat(run("exit 124").exitCode()).isEqualTo(124);
    }

    @Test
    void noCommandLeavesTheShellOpenOrBroken() {
        assertThat(run("echo 'unbalanced").succeeded()).isFalse();
        assertThat(run("exec 0<&- 1>&- 2>&-; for n in {3..255}; do eval \"exec $n>&-\"; done; exit 5")
                        .exitCode())
                .isEqualTo(5);
        assertThat(run("kill -9 $$").succeeded()).isFalse();
        assertThat(run("cd /usr; x=1; set -e").succeeded()).isTrue();
        assertThat(run("false; pwd; echo [$x]").getOut()).isEqualTo("/root\n[]\n");
        try (var shell = machine.shell(ExecRequest.of(""), soon())) {
            shell.execute("cd /usr; x=1", soon());
            assertThat(shell.execute("pwd; echo $x", soon()).getOut()).isEqualTo("/usr\n1\n");
        }
    }

    @Test
    void everyByteArrives() {
        var data = new byte[1_000_000];
        new Random(5).nextBytes(data);

        var result = machine.execute(ExecRequest.of("cat").withStdin(new ByteArrayInputStream(data)), soon());

        assertThat(result.getOutBytes()).isEqualTo(data);
    }

    @Test
    void aCommandOfOneMegabyteRuns() {
        int length = (1 << 20) - 20;

        assertThat(run("echo '" + "x".repeat(length) + "' | wc -c").getOut()).isEqualTo(length + 1 + "\n");
    }

    @Test
    void aSlowHostLosesNothing() {
        var bytes = new long[1];
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        OutputSink slow = (stream, data) -> {
            begun.countDown();
            await(goOn);
            bytes[0] += data.length;
        };
        var running = CompletableFuture.supplyAsync(
                () -> machine.execute(ExecRequest.of("head -c 20000000 /dev/zero; date >/tmp/written"), slow, soon()));
        await(begun);
        try {
            // The command waits for the host rather than to write into the void.
            assertThat(run("cat /tmp/written").succeeded())
                    .as(() -> "whether it has gone on; the command itself: " + running)
                    .isFalse();
        } finally {
            goOn.countDown();
        }

        assertThat(running.join().succeeded()).isTrue();
        assertThat(bytes[0]).isEqualTo(20_000_000);
    }

    @Test
    void outputThatNobodyWantedDoesNotReachTheNextCommand() {
        assertThatThrownBy(() -> machine.execute(ExecRequest.of("yes old"), Deadline.in(Duration.ofMillis(500))))
                .isInstanceOf(DeadlineException.class);

        assertThat(run("echo new").getOut()).isEqualTo("new\n");
    }

    @Test
    void sudoKeepsTheStreamsApart() {
        var result = run("sudo -u alice sh -c 'id -un; echo err >&2'");

        assertThat(result.getOut()).isEqualTo("alice\n");
        assertThat(result.getErr()).isEqualTo("err\n");
    }

    @Test
    void theEnvironmentIsTheMachinesPresentOne() {
        run("true");
        run("echo 'export FRESH=yes' >/etc/profile.d/fresh.sh");

        assertThat(run("echo $FRESH").getOut()).isEqualTo("yes\n");
        assertThat(run("echo $DISPLAY$TERM").getOut()).isEqualTo("dumb\n");
    }

    @Test
    void aForkBombIsHeldAndEnded() {
        assertThatThrownBy(() -> machine.execute(
                        ExecRequest.of("bomb() { bomb | bomb & }; bomb; sleep 1002.5"),
                        Deadline.in(Duration.ofSeconds(3))))
                .isInstanceOf(DeadlineException.class);

        assertThat(run("echo still here").getOut()).isEqualTo("still here\n");
    }

    @Test
    void aMachineWhoseCommandsHangStops() {
        var hung = lab.lab().machine("hung");
        var commands = IntStream.range(0, 3)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> hung.execute(ExecRequest.of("while :; do sleep 1003.5; done"), soon())))
                .toList();

        lab.lab().stop(new Selector("hung"), Progress.NONE, TestLab.minutes(3));

        assertThat(commands)
                .allSatisfy(command -> assertThatThrownBy(command::join).hasMessageContaining("hung"));
    }

    private static Result run(String command) {
        return machine.execute(ExecRequest.of(command), soon());
    }

    private static Deadline soon() {
        return TestLab.minutes(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("the test");
        }
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(SocketChannel channel) throws IOException {
        var in = Channels.newInputStream(channel);
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}

package org.nixlab.guest.classic;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.guest.GuestShell;
import org.nixlab.guest.Instrumentation;
import org.nixlab.guest.channel.ChannelSource;
import org.nixlab.guest.channel.CommandExit;
import org.nixlab.guest.copy.GuestCopy;
import org.nixlab.guest.stream.StreamMultiplexer;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.KeptOutput;
import org.nixlab.talk.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A machine that was built by others. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BackdoorTest implements ChannelSource {
    @TempDir
    Path directory;

    private Process console;
    private GuestShell shell;

    @BeforeEach
    void startConsole() throws IOException {
        var program = directory.resolve("console.pl");
        try (var resource = BackdoorTest.class.getResourceAsStream("console.pl")) {
            Files.copy(resource, program);
        }
        console = new ProcessBuilder("perl", program.toString(), socket().toString()).start();
        assertThat(console.inputReader().readLine()).isEqualTo("listening");
        shell = new GuestShell(this);
    }

    @AfterEach
    void stopConsole() {
        shell.close();
        console.descendants().forEach(ProcessHandle::destroyForcibly);
        console.destroyForcibly().onExit().join();
    }

    @Test
    void outputErrorOutputAndExitCodeAreKeptApart() {
        var kept = new KeptOutput();
        var running = shell.start(ExecRequest.of("echo out; echo err >&2; printf 'a\\0\\377'; exit 3"), soon());

        assertThat(running.await(kept, soon())).isEqualTo(new CommandExit(3, false, 0));
        assertThat(kept.output().bytes()).isEqualTo(new byte[] {'o', 'u', 't', '\n', 'a', 0, (byte) 0xff});
        assertThat(kept.errorOutput().text()).isEqualTo("err\n");
    }

    @Test
    void longCommandsAndOutputsPass() {
        assertThat(run("# " + "x".repeat(300_000) + "\nhead -c 3000000 /dev/zero")
                        .output()
                        .size())
                .isEqualTo(3_000_000);
    }

    @Test
    void directoryAndEnvironmentAreTheRequests() {
        var request = ExecRequest.of("pwd; echo $X").inDirectory("/usr").with("X", "a'b");

        assertThat(shell.run(request, soon()).getOut()).isEqualTo("/usr\na'b\n");
    }

    @Test
    void commandsWaitForEachOther() {
        var first = shell.start(ExecRequest.of("sleep 0.3; echo first"), soon());

        assertThat(run("echo second").getOut()).isEqualTo("second\n");
        assertThat(first.await((stream, data) -> {}, soon()).status()).isZero();
    }

    @Test
    void aDeadlineEndsTheCommandAndFreesTheConsole() {
        assertThatThrownBy(() -> shell.run(ExecRequest.of("sleep 600"), Deadline.in(Duration.ofSeconds(1))))
                .isInstanceOf(DeadlineException.class);

        assertThat(run("echo next").getOut()).isEqualTo("next\n");
    }

    /** It is the parent that tells of the end. */
    @Test
    void aCommandWhoseEndIsNeverToldOfIsNotWaitedFor() {
        assertThatThrownBy(() -> run("kill -9 $PPID"))
                .hasMessageContaining("the console of the machine did not tell of the end during `kill -9 $PPID`");

        assertThat(run("echo next").getOut()).isEqualTo("next\n");
    }

    @Test
    void norDoesItsConsoleStayBusyWhenItWasGivenUp() {
        shell.start(ExecRequest.of("kill -9 $PPID; sleep 600"), soon()).close();

        assertThat(run("echo next").getOut()).isEqualTo("next\n");
    }

    @Test
    void aCommandThatPrintsNothingForLongIs() {
        assertThat(run("sleep 12; echo end").getOut()).isEqualTo("end\n");
    }

    @Test
    void aCancelledCommandSaysSo() {
        var running = shell.start(ExecRequest.of("trap '' TERM; sleep 600"), soon());
        running.cancel();

        assertThat(running.await((stream, data) -> {}, soon()).cancelled()).isTrue();
    }

    @Test
    void theNextClientFindsTheSameShell() {
        run("true");
        shell.close();
        shell = new GuestShell(this);

        assertThat(run("echo again").getOut()).isEqualTo("again\n");
    }

    @Test
    void inputIsPassedOnWhole() {
        var data = new byte[300_000];
        new Random(1).nextBytes(data);

        var request = ExecRequest.of("cat; echo end").withStdin(new ByteArrayInputStream(data));
        var result = shell.run(request, soon());

        assertThat(result.getOutBytes()).startsWith(data).endsWith('e', 'n', 'd', '\n');
        assertThat(run("cat; read x; echo [$x]").getOut()).isEqualTo("[]\n");
    }

    @Test
    void aCommandThatWaitsForInputCanBeCancelled() throws IOException {
        try (var running = shell.startWithInput(ExecRequest.of("cat"), soon())) {
            running.stdin().write(1);
            running.cancel();

            assertThat(running.await((stream, data) -> {}, soon())).isEqualTo(new CommandExit(143, true, 0));
        }
        shell.startWithInput(ExecRequest.of("cat"), soon()).close();
        assertThat(run("echo next").getOut()).isEqualTo("next\n");
    }

    @Test
    void filesAreCopiedInAndOut() throws IOException {
        var source = Files.createDirectories(directory.resolve("source/sub dir"));
        Files.write(source.resolve("a"), new byte[100_000]);
        Files.createSymbolicLink(source.resolve("link"), Path.of("a"));
        var copy = new GuestCopy(shell, "foreign");

        copy.in(directory.resolve("source"), directory + "/there", (done, total) -> {}, soon());
        copy.out(directory + "/there", directory.resolve("back"), (done, total) -> {}, soon());

        assertThat(directory.resolve("back/sub dir/a")).hasBinaryContent(new byte[100_000]);
        assertThat(Files.readSymbolicLink(directory.resolve("back/sub dir/link")))
                .isEqualTo(Path.of("a"));
    }

    @Test
    void whatABackdoorCannotDoIsSaid() {
        assertThatThrownBy(() -> shell.openTerminal(Optional.empty(), "xterm", 24, 80, soon()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("foreign has only the classic backdoor, which has no terminals");
        assertThatThrownBy(() -> shell.keep(ExecRequest.of(""), soon())).hasMessageContaining("no shells that keep");
        assertThatThrownBy(() -> StreamMultiplexer.open(shell, "foreign", soon()))
                .hasMessageContaining("no streams");
    }

    @Test
    void theLossOfTheMachineEndsTheWait() {
        var running = shell.start(ExecRequest.of("sleep 600"), soon());
        console.destroyForcibly();

        assertThatThrownBy(() -> running.await((stream, data) -> {}, soon()))
                .hasMessageContaining("the machine went away during `sleep 600`");
    }

    private Result run(String command) {
        return shell.run(ExecRequest.of(command), soon());
    }

    private Path socket() {
        return directory.resolve("shell");
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(40));
    }

    @Override
    public String programs() {
        return Instrumentation.DIRECTORY;
    }

    @Override
    public String machine() {
        return "foreign";
    }

    @Override
    public List<Path> slots() {
        return List.of();
    }

    @Override
    public List<Path> plugSlots(int count, Deadline deadline) {
        return List.of();
    }

    @Override
    public Optional<Path> backdoor() {
        return Optional.of(socket());
    }
}

package org.nixlab.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The contract, held by the real slot programs on the host; and what can only be provoked there. */
final class ExecTest extends ExecContract {
    @TempDir
    Path directory;

    private FakeGuest guest;
    private GuestShell shell;

    @BeforeEach
    void startGuest() throws IOException {
        guest = new FakeGuest(directory, 2, 6);
        shell = new GuestShell(guest);
    }

    @AfterEach
    void stopGuest() {
        shell.close();
        guest.close();
    }

    @Override
    protected GuestShell shell() {
        return shell;
    }

    @Override
    protected String journal() {
        return guest.journal();
    }

    @Test
    void whoReadsFromATerminalThatIsClosedSeesItsEnd() {
        var terminal = shell.openTerminal(Optional.empty(), "xterm", 30, 100, Deadline.in(LONG));
        var reading = CompletableFuture.supplyAsync(() -> {
            Optional<byte[]> read = Optional.of(new byte[0]);
            while (read.isPresent()) {
                read = terminal.read(Deadline.in(LONG));
            }
            return read;
        });

        terminal.close();

        assertThat(reading.join()).isEmpty();
    }

    @Test
    void theLossOfTheMachineEndsEveryWaitWithItsReason() {
        var first = shell.start(ExecRequest.of("echo on; sleep 600"), Deadline.in(LONG));
        var second = shell.start(ExecRequest.of("echo on; sleep 601"), Deadline.in(LONG));
        first.next(Deadline.in(LONG));
        second.next(Deadline.in(LONG));

        guest.kill();

        for (var running : new RunningCommand[] {first, second}) {
            assertThatThrownBy(() -> running.await(new Collected(), Deadline.in(LONG)))
                    .isInstanceOf(LabException.class)
                    .isNotInstanceOf(DeadlineException.class)
                    .hasMessageContaining("the machine went away during `echo on; sleep 60");
        }
    }

    @Test
    void withAllSlotsBusyTheDeadlineSaysSo() {
        for (var i = 0; i < 6; i++) {
            shell.start(ExecRequest.of("sleep 600"), Deadline.in(LONG));
        }

        assertThatThrownBy(() -> shell.start(ExecRequest.of("true"), Deadline.in(Duration.ofMillis(300))))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("free command slot")
                .hasMessageContaining("busy");
    }

    @Test
    void aSlotThatNeverAnswersDoesNotKeepOthersFromBeingPluggedIn() {
        shell.start(ExecRequest.of("sleep 600"), Deadline.in(LONG));
        shell.start(ExecRequest.of("sleep 600"), Deadline.in(LONG));
        guest.addDeadSlot();

        var deadline = Deadline.in(Duration.ofSeconds(30));
        assertThat(shell.run(ExecRequest.of("echo further"), deadline).getOut()).isEqualTo("further\n");
    }

    @Test
    void aGuestTooBusyForASlotIsGivenNoOther() {
        shell.start(ExecRequest.of("sleep 600"), Deadline.in(LONG));
        shell.start(ExecRequest.of("sleep 600"), Deadline.in(LONG));
        guest.plugDeadSlots();

        try (var hasty = new GuestShell(guest, Duration.ofMillis(50))) {
            assertThatThrownBy(() -> hasty.run(ExecRequest.of("true"), Deadline.in(Duration.ofSeconds(1))))
                    .isInstanceOf(DeadlineException.class);
        }

        assertThat(guest.slots()).hasSize(3);
    }

    @Test
    void aSlotIsPluggedInWhereOtherProcessesHoldAll() {
        try (var other = new GuestShell(guest)) {
            other.start(ExecRequest.of("sleep 600"), Deadline.in(LONG));
            other.start(ExecRequest.of("sleep 600"), Deadline.in(LONG));

            assertThat(run("echo further").getOut()).isEqualTo("further\n");
        }
    }

    /** It would be listed for as long as nobody uses the slot. */
    @Test
    void whatEndsBetweenTwoClientsIsNoZombie() throws IOException {
        var child = Long.parseLong(
                run("sleep 600 >/dev/null 2>&1 & echo $!").getOut().strip());
        guest.holdPorts();
        shell.close();
        await("the slot without a client", guest::isHolding);
        ProcessHandle.of(child).orElseThrow().destroyForcibly();
        var process = Path.of("/proc/" + child);
        await("the zombie", () -> read(process.resolve("stat")).contains(") Z "));

        guest.releasePorts();

        await("the end of the zombie", () -> !Files.exists(process));
    }

    @Test
    void aTerminalThatIsClosedInTheMiddleOfAProgramLeavesNoZombie() throws IOException {
        var terminal = shell.openTerminal(Optional.empty(), "xterm", 30, 100, Deadline.in(LONG));
        terminal.keyboard().write(("exec sleep " + unique + "\n").getBytes(StandardCharsets.UTF_8));
        var children = run("until pgrep -f '^sleep " + unique + "'; do sleep 0.05; done")
                .getOut()
                .strip();

        terminal.close();
        shell.close();

        await("the end of the program", () -> !Files.exists(Path.of("/proc/" + children)));
    }

    private static void await(String what, BooleanSupplier sign) {
        Await.host()
                .until(
                        new Condition(what, () -> new Condition.Observation(sign.getAsBoolean(), ""), ""),
                        Deadline.in(LONG));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theNextClientGetsNothingOfTheLast() {
        shell.start(ExecRequest.of("yes " + unique), Deadline.in(LONG)).next(Deadline.in(LONG));
        shell.start(ExecRequest.of("yes " + unique), Deadline.in(LONG)).next(Deadline.in(LONG));
        shell.close();
        shell = new GuestShell(guest);

        assertThat(run("echo new").getOut()).isEqualTo("new\n");
        assertThat(run("for i in {1..100}; do pgrep -f '^yes " + unique + "' || exit 0; sleep .1; done; exit 1")
                        .exitCode())
                .isZero();
    }
}

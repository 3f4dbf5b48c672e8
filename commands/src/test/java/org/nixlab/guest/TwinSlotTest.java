package org.nixlab.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.channel.CommandEvent;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Ports that were plugged in, each served by a twin of the one slot of the boot. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TwinSlotTest {
    @TempDir
    Path directory;

    private final Deadline soon = Deadline.in(Duration.ofSeconds(60));
    private final String unique = "6" + System.nanoTime() % 100_000_000;
    private FakeGuest guest;
    private GuestShell shell;
    private RunningCommand first;

    @BeforeEach
    void occupyTheSlotOfTheBoot() throws IOException {
        guest = new FakeGuest(directory, 1, 4);
        guest.plugPorts();
        shell = new GuestShell(guest);
        first = start("echo on; sleep 600");
    }

    @AfterEach
    void stopGuest() {
        shell.close();
        guest.close();
    }

    @Test
    void asManyAreServedAsAreWaitedFor() {
        start("echo on; sleep 600");
        start("echo on; sleep 600");
        start("echo on; sleep 600");

        assertThat(guest.slots()).hasSize(4);
        assertThatThrownBy(() -> shell.start(ExecRequest.of("true"), Deadline.in(Duration.ofMillis(500))))
                .hasMessageContaining("all are busy");
    }

    @Test
    void whatIsCancelledInOneGoesOnInTheOther() {
        var other = start("echo on; read -r line; echo $line");

        first.cancel();

        assertThat(first.await(new Collected(), soon).cancelled()).isTrue();
        write(other, "still\n");
        assertThat(lastLine(other)).isEqualTo("still\n");
    }

    @Test
    void oneThatIsKilledIsServedAnew() {
        var killed = start("echo on; read -r line; kill -9 $PPID; sleep " + unique);
        write(killed, "now\n");
        assertThatThrownBy(() -> killed.await(new Collected(), soon)).isInstanceOf(LabException.class);

        var again = start("echo on; pkill -f '^sleep " + unique + "'; sleep 600");

        assertThat(guest.slots()).hasSize(2);
        again.close();
    }

    @Test
    void whatRanInOneThatIsKilledIsNoPartOfACommandOfTheOther() {
        var killed = start("echo on; read -r line; kill -9 $PPID; exec sleep " + unique);
        write(killed, "now\n");
        assertThatThrownBy(() -> killed.await(new Collected(), soon)).isInstanceOf(LabException.class);
        var next = start("echo on; until pgrep -f '^sleep " + unique + "'; do sleep 0.05; done");
        assertThat(next.await(new Collected(), soon).status()).isZero();

        first.cancel();

        var end = first.await(new Collected(), soon);
        assertThat(end.leftBehind()).isZero();
        assertThat(shell.run(ExecRequest.of("pkill -fc '^sleep " + unique + "'"), soon)
                        .getOut())
                .isEqualTo("1\n");
    }

    /** Returns a command whose first line has come. */
    private RunningCommand start(String command) {
        var running = shell.startWithInput(ExecRequest.of(command), soon);
        assertThat(((CommandEvent.Output) running.next(soon)).data()).isEqualTo("on\n".getBytes());
        return running;
    }

    private void write(RunningCommand running, String line) {
        try {
            running.stdin().write(line.getBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String lastLine(RunningCommand running) {
        var output = new Collected();
        running.await(output, soon);
        return output.out();
    }
}

package org.nixlab.machine.condition;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RepeatedCommandTest {
    private static final Deadline PASSED = Deadline.in(Duration.ZERO);

    private Guest guest;

    @BeforeEach
    void makeGuest(@TempDir Path directory) {
        guest = new Guest(directory);
    }

    @Test
    void theResultThatWasWantedIsReturned() {
        guest.answers("ls", 1, "", "").answers("ls", 1, "", "").answers("ls", 0, "there\n", "");

        assertThat(command("ls")
                        .untilSuccess(Deadline.in(Duration.ofMinutes(1)))
                        .getOut())
                .isEqualTo("there\n");
        assertThat(guest.vm.requests).hasSize(3);
    }

    @Test
    void whatWasSeenLastIsTold() {
        guest.answers("ls", 2, "one\nnone\n", "").answers("ls", 0, "", "");

        assertThatThrownBy(() -> command("ls").untilSuccess(PASSED))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for `ls` to succeed on m: exit code 2, none\n"
                        + "  it was run once; at last it printed\n    one\n    none")
                .extracting("hint")
                .isEqualTo("exec m runs it by hand");
        assertThatThrownBy(() -> command("ls").untilFailure(PASSED))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for `ls` to fail on m: exit code 0\n  it was run once");
    }

    @Test
    void anAttemptThatDoesNotEndIsOne() {
        var soon = Deadline.in(Duration.ofMillis(50));

        assertThatThrownBy(() -> command("sleep infinity").untilSuccess(soon))
                .hasMessage("timed out waiting for `sleep infinity` to succeed on m: attempt 1 did not end in time\n"
                        + "  it was run once");
    }

    @Test
    void whatCameBeforeAnAttemptThatDoesNotEndIsTold() {
        guest.answers("ls", 1, "still\n", "");
        var command = new RepeatedCommand(
                guest.vm, () -> ExecRequest.of(guest.vm.requests.isEmpty() ? "ls" : "sleep infinity"));

        assertThatThrownBy(() -> command.untilSuccess(Deadline.in(Duration.ofMillis(50))))
                .hasMessage("timed out waiting for `ls` to succeed on m: attempt 2 did not end in time;"
                        + " the one before: exit code 1, still\n  it was run 2 times");
    }

    private RepeatedCommand command(String command) {
        return new RepeatedCommand(guest.vm, () -> ExecRequest.of(command));
    }
}

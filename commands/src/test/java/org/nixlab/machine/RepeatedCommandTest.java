package org.nixlab.machine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import org.junit.jupiter.api.Test;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.talk.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RepeatedCommandTest {
    private final Queue<Result> results = new ArrayDeque<>();
    private final RepeatedCommand command = new RepeatedCommand("m", results::remove);

    @Test
    void theResultThatWasWantedIsReturned() {
        results.addAll(List.of(result(1, ""), result(1, ""), result(0, "there\n")));

        assertThat(command.untilSuccess("ls", Deadline.in(Duration.ofMinutes(1)))
                        .getOut())
                .isEqualTo("there\n");
        assertThat(results).isEmpty();
    }

    @Test
    void whatWasSeenLastIsTold() {
        results.addAll(List.of(result(2, "one\nnone\n"), result(0, "")));
        var passed = Deadline.in(Duration.ZERO);

        assertThatThrownBy(() -> command.untilSuccess("ls", passed))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for `ls` to succeed on m: exit code 2, none")
                .extracting("hint")
                .isEqualTo("exec m runs it by hand");
        assertThatThrownBy(() -> command.until("'ls' to fail", result -> !result.succeeded(), passed))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for 'ls' to fail on m: it exited with 0");
    }

    private static Result result(int exitCode, String out) {
        return new Result(
                "m",
                "ls",
                exitCode,
                new GuestConditionsTest.Text(out),
                new GuestConditionsTest.Text(""),
                Duration.ZERO);
    }
}

package org.nixlab.machine.qemu;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StopLadderTest {
    private final List<String> asked = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private String helps = "nothing";
    private boolean ended;
    private final StopLadder ladder =
            new StopLadder("web", () -> ended, List.of(rung("poweroff"), rung("powerdown"), rung("kill")));

    @Test
    void theFirstRungThatHelpsIsTheLast() {
        helps = "powerdown";

        ladder.climb(log::add, Deadline.in(Duration.ofSeconds(30)));

        assertThat(asked).containsExactly("poweroff", "powerdown");
        assertThat(log).containsExactly("web: poweroff did not end it: timed out");
    }

    @Test
    void aRungThatFailsIsPassedOver() {
        var failing = new StopLadder(
                "web",
                () -> ended,
                List.of(
                        new StopLadder.Rung("poweroff", deadline -> {
                            throw LabException.host("no channel", "", "");
                        }),
                        rung("kill")));

        helps = "kill";

        failing.climb(log::add, Deadline.in(Duration.ofSeconds(30)));

        assertThat(asked).containsExactly("kill");
        assertThat(log).containsExactly("web: poweroff did not end it: no channel");
    }

    @Test
    void aMachineThatEndsWhileItIsAskedIsEnded() {
        var answering = new StopLadder(
                "web",
                () -> ended,
                List.of(
                        new StopLadder.Rung("poweroff", deadline -> {
                            ended = true;
                            throw LabException.host("the machine went away", "", "");
                        }),
                        rung("kill")));

        answering.climb(log::add, Deadline.in(Duration.ofSeconds(30)));

        assertThat(asked).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void whatNothingEndsIsATimeout() {
        assertThatThrownBy(() -> ladder.climb(log::add, Deadline.in(Duration.ofSeconds(30))))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("web could not be stopped");
    }

    @Test
    void interruptClimbsNoFurther() {
        var interrupted = new StopLadder(
                "web",
                () -> ended,
                List.of(
                        new StopLadder.Rung("poweroff", deadline -> {
                            throw new CancelledException("waiting");
                        }),
                        rung("kill")));

        assertThatThrownBy(() -> interrupted.climb(log::add, Deadline.in(Duration.ofSeconds(30))))
                .isInstanceOf(CancelledException.class);
        assertThat(asked).isEmpty();
    }

    private StopLadder.Rung rung(String name) {
        return new StopLadder.Rung(name, deadline -> {
            asked.add(name);
            if (!name.equals(helps)) {
                throw new DeadlineException("timed out", "", "");
            }
        });
    }
}

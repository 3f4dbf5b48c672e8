package org.nixlab.base;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nixlab.base.Condition.Observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(10)
class AwaitTest {
    private final List<String> progress = new ArrayList<>();
    private final Await await = new Await(Duration.ofMillis(1), Duration.ofMillis(5), progress::add);

    @Test
    void looksAgainUntilItHolds() {
        var looks = new AtomicInteger();
        var condition =
                new Condition("three looks", () -> new Observation(looks.incrementAndGet() == 3, "look " + looks), "");

        assertThat(await.until(condition, Deadline.in(Duration.ofSeconds(5)))).isEqualTo("look 3");
        assertThat(progress).containsExactly("waiting for three looks: look 1", "waiting for three looks: look 2");
    }

    @Test
    void failureNamesTheConditionAndWhatWasSeenLast() {
        var condition = new Condition("unit httpd on web", () -> Observation.unmet("activating"), "see the journal");

        assertThatThrownBy(() -> await.until(condition, Deadline.in(Duration.ZERO)))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for unit httpd on web: activating")
                .extracting(e -> ((LabException) e).hint())
                .isEqualTo("see the journal");
    }

    @Test
    void anExplanationIsAskedForOnceAndAtTheEnd() {
        var asked = new AtomicInteger();
        var looks = new AtomicInteger();
        var condition = new Condition("it", () -> new Observation(looks.incrementAndGet() > 3, "look"), "")
                .explainedBy(() -> "why\n  more " + asked.incrementAndGet() + "\n");

        await.until(condition, Deadline.in(Duration.ofSeconds(5)));
        assertThat(asked).hasValue(0);
        looks.set(-1000);
        assertThatThrownBy(() -> await.until(condition, Deadline.in(Duration.ZERO)))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for it: look\n  why\n    more 1");
    }

    @Test
    void anExplanationThatFailsHidesNothing() {
        var condition = new Condition("it", () -> Observation.unmet(""), "").explainedBy(() -> {
            throw LabException.host("gone", "", "");
        });

        assertThatThrownBy(() -> await.until(condition, Deadline.in(Duration.ZERO)))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for it");
    }

    @Test
    void looksOnceEvenWhenTheDeadlineHasPassed() {
        var condition = new Condition("now", () -> Observation.met("yes"), "");

        assertThat(await.until(condition, Deadline.in(Duration.ofSeconds(-1)))).isEqualTo("yes");
    }

    @Test
    void interruptEndsTheWaitAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        var condition = new Condition("never", () -> Observation.unmet(""), "");

        assertThatThrownBy(() -> await.until(condition, Deadline.in(Duration.ofSeconds(5))))
                .isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}

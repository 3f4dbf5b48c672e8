package org.nixlab.shell;

import org.junit.jupiter.api.Test;
import org.nixlab.base.CancelledException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EvaluationTest {
    private final Evaluation evaluation = new Evaluation();

    @Test
    void whatTheWorkGivesOrThrowsComesBack() {
        assertThat(evaluation.<String>run(() -> "given")).isEqualTo("given");
        assertThatThrownBy(() -> evaluation.run(() -> {
                    throw new IllegalStateException("thrown");
                }))
                .hasMessage("thrown");
    }

    @Test
    void anInterruptTooLateForTheWorkEndsTheLine() {
        assertThatThrownBy(() -> evaluation.run(() -> {
                    assertThat(evaluation.interrupt()).isTrue();
                    return "no longer waits for anything";
                }))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void thereIsNothingToInterruptAfterTheWork() {
        evaluation.run(() -> "done");

        assertThat(evaluation.interrupt()).isFalse();
    }

    @Test
    void askedTwiceTheWaitIsGivenUp() {
        assertThatThrownBy(() -> evaluation.run(() -> {
                    evaluation.interrupt();
                    evaluation.interrupt();
                    return "is given up";
                }))
                .isInstanceOf(CancelledException.class);
        assertThat(evaluation.<String>run(() -> "next")).isEqualTo("next");
    }
}

package org.nixlab.command.display;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.nixlab.machine.Phase;

import static org.assertj.core.api.Assertions.assertThat;

class LiveProgressTest {
    private final TestDisplay display = new TestDisplay();

    @Test
    void blockIsDrawnAgainInItsPlace() {
        try (var progress = progress()) {
            progress.machine("web", Phase.KERNEL, "");
            progress.machine("db", Phase.READY, "");
        }

        assertThat(withoutTimes())
                .startsWith(
                        "\rweb  kernel    T    \033[K\n\033[J\033[1A\rdb   ready     T    \033[K\nweb  kernel    T    \033[K\n\033[J");
    }

    @Test
    void notesStandAboveTheBlock() {
        try (var progress = progress()) {
            progress.machine("web", Phase.KERNEL, "");
            display.clear();
            progress.note("acceleration: none");
        }

        assertThat(withoutTimes()).startsWith("\033[1A\racceleration: none\033[K\n\rweb  kernel");
    }

    @Test
    void longLinesAreCutSoThatTheyCannotWrap() {
        try (var progress = progress()) {
            progress.machine("web", Phase.FAILED, "x".repeat(200));
        }

        assertThat(display.err().replaceAll("\033\\[\\d*[A-Z]|\r", "").lines()).allMatch(line -> line.length() < 80);
    }

    @Test
    void finishedStepsAreGone() {
        try (var progress = progress()) {
            progress.step("base amd64", "unpacking", 0.5);
            progress.machine("web", Phase.BUILDING, "");
            progress.step("base amd64", "", 1);
            display.clear();
            progress.machine("web", Phase.STARTING, "");
        }

        assertThat(display.err()).doesNotContain("base amd64").startsWith("\033[2A\rweb  starting");
    }

    @Test
    void stepsShowTheirTimeAndWhatGoesOn() {
        try (var progress = progress()) {
            progress.step("nix", "0 of 2 built, building a", 0.5);
            progress.now("nix", "checking");
            progress.machine("web", Phase.BUILDING, "");
        }

        assertThat(withoutTimes())
                .contains("nix  ██████████░░░░░░░░░░  50%  T    0 of 2 built, building a: checking\033[K\n");
    }

    /** It is drawn when something happens, and never else. */
    private LiveProgress progress() {
        return LiveProgress.start(display.terminal(false), Duration.ofHours(1));
    }

    private String withoutTimes() {
        return display.err().replaceAll("\\d+\\.\\d s", "T");
    }
}

package org.nixlab.command.display;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LineProgressTest {
    private final TestDisplay display = new TestDisplay();

    @Test
    void numbersAndWhatWasSaidAreNoNews() {
        try (var progress = ProgressDisplay.of(display.plain())) {
            progress.step("nix", "0 of 2 built, building a", 0);
            progress.now("nix", "checking");
            progress.step("nix", "0 of 2 built, building b", 0);
            progress.step("nix", "1 of 2 built, building a", 0.5);
        }

        assertThat(display.err()).isEqualTo("nix: 0 of 2 built, building a\nnix: 0 of 2 built, building b\n");
    }

    @Test
    void theEndTellsHowLongItTook() {
        try (var progress = ProgressDisplay.of(display.plain())) {
            progress.step("nix", "0 of 2 built, building a", 0);
            progress.step("nix", "2 built", 1);
            progress.step("network", "done", 1);
        }

        assertThat(display.err().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).matches("nix: 2 built \\(\\d+\\.\\d s\\)"),
                        line -> assertThat(line).isEqualTo("network: done"));
    }
}

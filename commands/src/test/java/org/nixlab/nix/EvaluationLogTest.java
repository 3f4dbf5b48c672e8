package org.nixlab.nix;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class EvaluationLogTest {
    @Test
    void aWarningOfAMachineIsToldOnce() {
        var log = new EvaluationLog("trace: evaluation warning: The option `a' has been renamed.\n"
                + "trace: nixlab: web: The option `a' has been renamed.\n");

        assertThat(log.notes()).containsExactly("web: The option `a' has been renamed.");
    }

    @Test
    void aWarningOfAllNixpkgsLooksTheSameFromEachRelease() {
        for (var line : new String[] {
            "trace: evaluation warning: old", "trace: \u001b[1;31mwarning: old\u001b[0m", "evaluation warning: old"
        }) {
            assertThat(new EvaluationLog(line + "\n").notes()).containsExactly("warning: old");
        }
    }
}

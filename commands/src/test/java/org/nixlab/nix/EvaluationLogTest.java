package org.nixlab.nix;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class EvaluationLogTest {
    @Test
    void aWarningOfAMachineIsToldOnce() {
        var log = new EvaluationLog("trace: evaluation warning: The option `a'\nhas been renamed.\ntrace: mine\n");

        assertThat(EvaluationLog.without(log.notes(), List.of("The option `a'\nhas been renamed.")))
                .containsExactly("trace: mine");
    }

    @Test
    void aWarningOfAllNixpkgsLooksTheSameFromEachRelease() {
        for (var line : new String[] {
            "trace: evaluation warning: old", "trace: \u001b[1;31mwarning: old\u001b[0m", "evaluation warning: old"
        }) {
            assertThat(new EvaluationLog(line + "\n").notes()).containsExactly("warning: old");
        }
    }

    @Test
    void whatNixSaysOfItsOwnDatabaseIsNoNote() {
        var log = new EvaluationLog("warning: error: SQLite database '/cache/db.sqlite' is busy\ntrace: mine\n");

        assertThat(log.notes()).containsExactly("trace: mine");
    }
}

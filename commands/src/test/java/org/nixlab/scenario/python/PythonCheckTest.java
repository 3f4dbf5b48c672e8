package org.nixlab.scenario.python;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.scenario.python.PythonCheck.Mistake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PythonCheckTest {
    private final Deadline soon = Deadline.in(Duration.ofMinutes(2));

    @TempDir
    Path directory;

    @Test
    void unknownNamesAndAttributesAreFoundWithTheirLines() throws Exception {
        assertThat(check().mistakes(ScriptRunner.script(directory, """
                start_al()
                web.wait_for_unti("x")
                db.succeed("x")
                driver.frobnicate
                """), soon))
                .containsExactly(
                        new Mistake("unknown name 'start_al'", "test.py:1: start_al()", "did you mean 'start_all'?"),
                        new Mistake(
                                "'web' has no 'wait_for_unti'",
                                "test.py:2: web.wait_for_unti(\"x\")",
                                "did you mean 'wait_for_unit'?"),
                        new Mistake("unknown name 'db'", "test.py:3: db.succeed(\"x\")", "did you mean 'db_1'?"),
                        new Mistake("'driver' has no 'frobnicate'", "test.py:4: driver.frobnicate", ""));
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatAScriptBindsOrTheDriverKnowsIsNoMistake() {
        assertThat(check().mistakes(ScriptRunner.script(directory, """
                import json, os.path as path
                from typing import Any
                (a, *b), c = [1, 2], 3
                def f(x, *y, z=1, **rest) -> Any: return x, y, z, rest, later
                later = [i for i in range(3) if (n := i)] + [n, a, b, c]
                class K(Exception): pass
                try: json, path
                except K as k: print(k, __name__)
                with subtest("s") as s: web.journal("x"), web.last_log, db_1.name, vlan7, t.assertEqual
                lambda q: q
                for web in machines: web.whatever()
                """), soon)).isEmpty();
    }

    @Test
    void grammarIsLookedAtAlone() {
        check().grammar(ScriptRunner.script(directory, "nobody_knows_this()\n"), soon);

        assertThatThrownBy(() -> check().grammar(ScriptRunner.script(directory, "\nif True\n  pass\n"), soon))
                .isInstanceOfSatisfying(LabException.class, failure -> {
                    assertThat(failure.getMessage()).startsWith("syntax error: ");
                    assertThat(failure.place()).isEqualTo("test.py:2: if True");
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
                });
        assertThatThrownBy(() -> check().grammar(ScriptRunner.script(directory, "return 3\n"), soon))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("outside function");
    }

    private PythonCheck check() {
        return new PythonCheck(PythonInterpreter.ofHost(), directory);
    }
}

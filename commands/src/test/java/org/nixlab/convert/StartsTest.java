package org.nixlab.convert;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The test driver starts machines when they are first talked to. */
class StartsTest {
    @Test
    void aMachineIsStartedBeforeItIsTalkedTo() {
        assertThat(scenario("m.succeed('a')\nm.succeed('b')")).isEqualTo("m.start()\nm.succeed('a')\nm.succeed('b')\n");
    }

    @Test
    void startAllIsRun() {
        assertThat(scenario("start_all()\nm.succeed('a')\nn.succeed('b')"))
                .isEqualTo("run()\nm.succeed('a')\nn.succeed('b')\n");
    }

    @Test
    void startsOfTheScriptsOwnAreEnough() {
        assertThat(scenario("m.start()\nm.succeed('a')")).isEqualTo("m.start()\nm.succeed('a')\n");
    }

    @Test
    void oneThatWasShutDownIsStartedAgain() {
        assertThat(scenario("start_all()\nm.shutdown()\nm.succeed('a')"))
                .isEqualTo("run()\nm.stop()\nm.start()\nm.succeed('a')\n");
    }

    @Test
    void functionsStartWhatTheyTalkTo() {
        assertThat(scenario("def f():\n    m.succeed('a')\n\n\nf()\nm.succeed('b')"))
                .isEqualTo("def f() {\n    m.succeed('a')\n}\n\nm.start()\nf()\nm.succeed('b')\n");
    }

    @Test
    void aBlockThatMayBeSkippedStartsNothingForWhatFollows() {
        assertThat(scenario("if x():\n    m.succeed('a')\nm.succeed('b')\n\n\ndef x():\n    return True"))
                .startsWith("if (x()) {\n    m.start()\n    m.succeed('a')\n}\nm.start()\nm.succeed('b')\n");
    }

    @Test
    void listsOfMachinesStandForThem() {
        assertThat(scenario("both = [m, n]\nfor each in both:\n    each.succeed('a')"))
                .isEqualTo("both = [m, n]\nm.start()\nn.start()\nfor (each in both) {\n    each.succeed('a')\n}\n");
    }

    @Test
    void aFunctionThatCallsItselfIsNoProblem() {
        assertThat(scenario("def f(n):\n    if n > 0:\n        f(n - 1)\n    m.shutdown()\n\n\nf(3)\nm.succeed('a')"))
                .endsWith("f(3)\nm.start()\nm.succeed('a')\n");
    }

    private static String scenario(String python) {
        return Converted.script(python).scenario();
    }
}

package org.nixlab.shell;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The shell on terminals that cannot do much. */
@Timeout(120)
class PromptedLinesTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PROMPT = "nixlab seed 0/3> ";

    @TempDir
    Path directory;

    @Test
    void aDumbTerminalShowsEachLineOnce() throws Exception {
        try (var terminal = FakeProgram.onTerminal(directory, "dumb")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("=1 + 41\r");
            terminal.await("=1 + 41\r\n42\r\n" + PROMPT, LIMIT);
            terminal.type("half\u0003");
            terminal.await("\r\n" + PROMPT, LIMIT);
            terminal.type("[1].each {\r");
            terminal.await("... ", LIMIT);
            terminal.type("\u0003");
            terminal.await("\r\n" + PROMPT, LIMIT);
            terminal.type("=40 + 3\r");
            terminal.await("\r\n43\r\n" + PROMPT, LIMIT);
            terminal.type("[20, 22].each {\r");
            terminal.await("... ", LIMIT);
            terminal.type("println it + 1 }\r");
            terminal.await("21\r\n23\r\n", LIMIT);
            terminal.await(PROMPT, LIMIT);
            terminal.type("run\r");
            terminal.await("3 machines ready", LIMIT);
            terminal.await("nixlab seed 3/3> ", LIMIT);
            terminal.type("\u0004");

            assertThat(terminal.awaitExit(LIMIT)).isZero();
            assertThat(terminal.screen()).containsOnlyOnce("=1 + 41").doesNotContain("\033");
        }
    }

    @Test
    void anUnknownTerminalIsSaidAndUsed() throws Exception {
        try (var terminal = FakeProgram.onTerminal(directory, "strange")) {
            terminal.await("the terminal 'strange' is not known on this host", LIMIT);
            terminal.await(PROMPT, LIMIT);
            terminal.type("=1 + 41\r");
            terminal.await("42\r\n", LIMIT);
            assertThat(terminal.screen()).doesNotContain("Exception", "\033");
        }
    }

    @Test
    void oneOfAKnownFamilyIsEdited() throws Exception {
        try (var terminal = FakeProgram.onTerminal(directory, "xterm-strange")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("=1 + 4\u0002\u00061\r");
            terminal.await("42\r\n", LIMIT);
            assertThat(terminal.screen()).doesNotContain("Exception", "strange");
        }
    }
}

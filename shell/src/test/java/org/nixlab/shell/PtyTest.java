package org.nixlab.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The shell on a real terminal, which {@code script} provides. */
class PtyTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private TestTerminal terminal;

    @BeforeEach
    void startTheShell() throws IOException {
        terminal = FakeProgram.onTerminal(directory, "xterm");
        await("nixlab seed 0/3> ");
    }

    @AfterEach
    void endTheShell() {
        terminal.close();
    }

    @Test
    void whatIsTypedStaysAsItIs() throws Exception {
        type("!echo '[ a ] { b } ( c )' [ d ]\r");
        await("[ a ] { b } ( c ) [ d ]\r\n");
        await("nixlab seed 0/3> ");
        type("\u0004");
        assertThat(terminal.awaitExit(LIMIT)).isZero();
        assertThat(directory.resolve(".nixlab/seed/history")).content().contains(":!echo '[ a ] { b } ( c )' [ d ]\n");
    }

    @Test
    void linesRunAndTheHistoryIsTheLabs() throws Exception {
        type("run\r");
        await("3 machines ready after");
        await("nixlab seed 3/3> ");
        type("stat\t\r");
        await("postgresql.service");
        await("nixlab seed 3/3> ");
        type("\u0004");
        await("seed stays up (db web-1 web2)");

        assertThat(terminal.awaitExit(LIMIT)).isZero();
        assertThat(directory.resolve(".nixlab/seed/history"))
                .content()
                .contains(":run\n")
                .contains(":status");
    }

    @Test
    void interruptEndsTheLineAndNotTheShell() throws Exception {
        type("run\r");
        await("nixlab seed 3/3> ");
        type("exec web2 sleep infinity\r");
        await("sleeping\r\n");
        type("\u0003");
        await("`sleep infinity` was interrupted");
        await("nixlab seed 3/3> ");
        type("half a line\u0003");
        await("nixlab seed 3/3> ");
        type("=1 + 41\r");
        await("42\r\n");
    }

    @Test
    void aPastedHereDocumentIsOneCommand() throws Exception {
        paste("!tr a-z A-Z <<EOF # it's\rthat's one\rEOF\rprintln 'is ' + 'next'");
        type("\r");

        await("THAT'S ONE\r\n");
        await("is next\r\n");
    }

    @Test
    void pastedLinesRunOneByOne() throws Exception {
        paste("status db\r\tdef twice(x) {\r\tx * 2 // don't\r}\r\rprintln \"is ${twice(4)}\"\r=[5, 6].each {");
        type("\r");
        await("db       stopped");
        await("is 8\r\n");
        await("... ");
        type("println it * 7 }\r");
        await("35\r\n42\r\n");
        // Before it, the key would be the terminal's own.
        await("nixlab seed 0/3> ");
        type("\u0004");
        assertThat(terminal.awaitExit(LIMIT)).isZero();
        assertThat(directory.resolve(".nixlab/seed/history")).content().contains(":status db\n", ":println \"is");
    }

    @Test
    void interruptForgetsWhatWasPastedBehind() throws Exception {
        type("run\r");
        await("nixlab seed 3/3> ");
        paste("exec web2 sleep infinity\rprintln 'is ' + 'run'\r");
        type("\r");
        await("sleeping\r\n");
        type("\u0003");
        await("was interrupted");
        await("nixlab seed 3/3> ");
        type("=40 + 2\r");
        await("42\r\n");
        assertThat(terminal.screen()).doesNotContain("is run");
    }

    @Test
    void keysBehindAnInterruptBelongToTheNewLine() throws Exception {
        for (int i = 0; i < 20; i++) {
            type("half a line\u0003=" + i + " + 1000\r");
            await((1000 + i) + "\r\n");
            await("nixlab seed 0/3> ");
        }
    }

    @Test
    void openBracketAsksForAnotherLine() throws Exception {
        type("[20, 22].each {\r");
        await("... ");
        type("println it + 1 }\r");
        await("21\r\n23\r\n");
    }

    @Test
    void attachedTerminalIsLeftWithItsKey() throws Exception {
        type("run\r");
        await("nixlab seed 3/3> ");
        type("attach web2\r");
        await("attached to web2; leave with Ctrl-]");
        await("guest> ");
        type("\u0003typed");
        await("\u0003typed");
        type("\u001d\u001d.");
        await("\u001d.");
        type("\u001d");
        await("left web2");
        await("nixlab seed 3/3> ");
        type("status web2\r");
        await("web2     ready");
    }

    @Test
    void anAttachedTerminalSaysThatItsMachineStandsStill() throws Exception {
        type("run\r");
        await("nixlab seed 3/3> ");
        type("attach web2\r");
        await("guest> ");

        type("\u0013");
        await("\r\nweb2 stands still\r\n");

        type("\033[?1049h");
        await("\033[?1049h");
        type("\u0013");
        await("H\033[0m\033[Kweb2 stands still\0338");
    }

    private void type(String text) throws IOException {
        terminal.type(text);
    }

    private void paste(String text) throws IOException {
        terminal.type("\033[200~" + text + "\033[201~");
    }

    private void await(String text) {
        terminal.await(text, LIMIT);
    }
}

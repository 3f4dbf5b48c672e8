package org.nixlab.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

/** The shell on a real terminal, which {@code script} provides. */
class PtyTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Process process;
    private OutputStream keys;
    private Path screen;
    private int seen;

    @BeforeEach
    void startTheShell() throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        Files.createDirectories(directory.resolve(".nixlab/seed"));
        screen = Files.createFile(directory.resolve("screen"));
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var builder = new ProcessBuilder(
                        "script",
                        "-qfec",
                        "exec \"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$CP\" " + FakeProgram.class.getName()
                                + " seed.nix",
                        "/dev/null")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(screen.toFile()));
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("CP", classPath);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("NO_COLOR", "1");
        builder.environment().put("HOME", directory.toString());
        process = builder.start();
        keys = process.getOutputStream();
        await("nixlab seed 0/3> ");
    }

    @AfterEach
    void endTheShell() {
        process.destroy();
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

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(directory.resolve(".nixlab/seed/history"))
                .content()
                .contains(":run\n")
                .contains(":status");
    }

    @Test
    void interruptEndsTheLineAndNotTheShell() throws Exception {
        type("run\r");
        await("nixlab seed 3/3> ");
        type("exec web2 sleep forever\r");
        await("sleeping\r\n");
        type("\u0003");
        await("'sleep forever' on web2 was interrupted");
        await("nixlab seed 3/3> ");
        type("half a line\u0003");
        await("nixlab seed 3/3> ");
        type("=1 + 41\r");
        await("42\r\n");
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

    private void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** Waits until the text is on the screen, behind what was awaited before. */
    private void await(String text) throws IOException {
        var deadline = Deadline.in(LIMIT);
        while (true) {
            var all = Files.readString(screen, StandardCharsets.ISO_8859_1);
            int found = all.indexOf(text, seen);
            if (found >= 0) {
                seen = found + text.length();
                return;
            }
            assertThat(process.isAlive() && !deadline.hasPassed())
                    .as("still waiting for '%s' after:%n%s", text, all.substring(seen))
                    .isTrue();
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new AssertionError("timed out", e);
        }
    }
}

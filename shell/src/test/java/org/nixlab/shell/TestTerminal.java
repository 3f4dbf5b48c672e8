package org.nixlab.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

/** A program on a real terminal, which {@code script} provides, and the user in front of it. */
final class TestTerminal implements AutoCloseable {
    private final Process process;
    private final OutputStream keys;
    private final Path screen;
    private int seen;

    /**
     * @param command a line for {@code sh}
     * @param environment what the program gets besides this process' own
     */
    TestTerminal(Path directory, String command, Map<String, String> environment) throws IOException {
        screen = Files.createTempFile(directory, "screen", "");
        var builder = new ProcessBuilder("script", "-qfec", "exec " + command, "/dev/null")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(screen.toFile()));
        builder.environment().putAll(Map.of("TERM", "xterm", "NO_COLOR", "1"));
        builder.environment().putAll(environment);
        process = builder.start();
        keys = process.getOutputStream();
    }

    void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** Waits until the text is on the screen, behind what was awaited before. */
    void await(String text, Duration limit) {
        Await.host().until(new Condition("'" + text + "'", () -> look(text), "it is not there"), Deadline.in(limit));
    }

    /** Waits for a line that begins so, and returns it. */
    String line(String beginning, Duration limit) {
        await(beginning, limit);
        int begin = seen - beginning.length();
        await("\n", limit);
        return screen().substring(begin, seen).strip();
    }

    int awaitExit(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        return process.exitValue();
    }

    /** Returns what is on the screen behind what was awaited. */
    String rest() {
        return screen().substring(seen);
    }

    private Observation look(String text) {
        boolean alive = process.isAlive();
        var all = screen();
        int found = all.indexOf(text, seen);
        if (found >= 0) {
            seen = found + text.length();
            return Observation.met(text);
        }
        assertThat(alive).as("still waiting for '%s' after:%n%s", text, rest()).isTrue();
        return Observation.unmet("the screen goes on with:\n" + rest());
    }

    /** Returns all that was ever on the screen. */
    String screen() {
        try {
            return Files.readString(screen, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}

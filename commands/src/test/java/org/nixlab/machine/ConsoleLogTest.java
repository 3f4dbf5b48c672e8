package org.nixlab.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

final class ConsoleLogTest {
    @TempDir
    Path directory;

    @Test
    void theLastLinesAreCountedFromTheEnd() throws IOException {
        assertThat(last(0, "one\ntwo\n")).isEmpty();
        assertThat(last(1, "one\ntwo\n")).isEqualTo("two\n");
        assertThat(last(2, "one\n\n")).isEqualTo("one\n\n");
        assertThat(last(1, "one\ntwö")).isEqualTo("twö");
        assertThat(last(999_999_999, "\none\n")).isEqualTo("\none\n");
        assertThat(last(1, "\n")).isEqualTo("\n");
        assertThat(last(3, "")).isEmpty();
    }

    @Test
    void whatComesIsPassedOnUntilTheDeadline() throws IOException {
        var log = Files.writeString(directory.resolve("log"), "one\n");
        var passed = new ByteArrayOutputStream();
        var soon = Deadline.in(Duration.ofMillis(100));

        ConsoleLog.pass(log, Optional.of(0), Optional.of(soon), (stream, data) -> passed.writeBytes(data));

        assertThat(soon.hasPassed()).isTrue();
        assertThat(passed.size()).isZero();
    }

    private String last(int lines, String text) throws IOException {
        var log = Files.writeString(directory.resolve("log"), text);
        var passed = new ByteArrayOutputStream();
        ConsoleLog.pass(log, Optional.of(lines), Optional.empty(), (stream, data) -> passed.writeBytes(data));
        return passed.toString(StandardCharsets.UTF_8);
    }
}

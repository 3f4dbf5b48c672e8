package org.nixlab.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.machine.Transcript.Run;

import static org.assertj.core.api.Assertions.assertThat;

class TranscriptTest {
    private Path file;
    private Run run = new Run("1", 0);
    private Transcript transcript;

    @BeforeEach
    void makeTranscript(@TempDir Path directory) {
        file = directory.resolve("log");
        transcript = new Transcript(file, () -> run);
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(transcript.text()).isEmpty();
        assertThat(transcript.hear(Pattern.compile(""))).contains("");
        assertThat(hear("x")).isEmpty();
        assertThat(transcript.end(10)).isEmpty();
    }

    @Test
    void coloursAndReturnsAreNoText() {
        print("[\033[0;32m  OK  \033[0m] Grüße\r\r\n");

        assertThat(transcript.text()).isEqualTo("[  OK  ] Grüße\n");
        assertThat(hear("OK  \\] Gr.ße$")).contains("OK  ] Grüße");
    }

    @Test
    void eachWaitBeginsBehindTheLineOfTheOneBefore() {
        print("boot\r\nlogin: \r\nréboot boot\r\nlogin: ");

        assertThat(hear("boot")).isPresent();
        assertThat(hear("login")).isPresent();
        assertThat(hear("boot")).isPresent();
        assertThat(hear("boot")).isEmpty();
        assertThat(hear("login: $")).isPresent();
        assertThat(hear("login")).isEmpty();
        print("\nboot");
        assertThat(hear("boot")).isPresent();
        assertThat(transcript.text()).startsWith("boot\nlogin");
    }

    @Test
    void aTextMayGoOverLinesAndComePieceByPiece() {
        print("one\n");
        assertThat(hear("one\ntwo\n")).isEmpty();
        print("two");
        assertThat(hear("one\ntwo\n")).isEmpty();
        print("\nthree\n");

        assertThat(hear("one\ntwo\n")).contains("one\ntwo\n");
        assertThat(hear("three")).isPresent();
    }

    @Test
    void whatWasSearchedIsNotSearchedAgainButItsEnd() {
        print("x".repeat(1 << 17) + "begin");
        assertThat(hear("begin end")).isEmpty();
        print(" end\n");

        assertThat(hear("begin end")).isPresent();
        assertThat(hear("end")).isEmpty();
    }

    @Test
    void aRunBeginsWhereItBegins() {
        print("old\n");
        assertThat(hear("old")).isPresent();
        run = new Run("2", 4);
        print("new\n");

        assertThat(transcript.text()).isEqualTo("new\n");
        assertThat(transcript.since(5)).isEqualTo("ew\n");
        assertThat(transcript.end(2)).isEqualTo("w\n");
        assertThat(hear("old")).isEmpty();
        assertThat(hear("new")).isPresent();
    }

    @Test
    void anotherRunsFileBeginsAnew() throws IOException {
        print("something long\n");
        assertThat(hear("long")).isPresent();
        run = new Run("2", 0);
        Files.delete(file);
        print("it is long, too\n");

        assertThat(hear("long")).isPresent();
    }

    @Test
    void linesAreHeardWhole() {
        print("a 1\nb 2\na 3\na 4");

        assertThat(line("a")).contains("a 1");
        assertThat(line("a")).contains("a 3");
        assertThat(line("a")).isEmpty();
        print("\n");
        assertThat(line("a")).contains("a 4");
    }

    private Optional<String> hear(String pattern) {
        return transcript.hear(Pattern.compile(pattern));
    }

    private Optional<String> line(String begin) {
        return transcript.hearLine(line -> Optional.of(line).filter(text -> text.startsWith(begin)));
    }

    private void print(String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package org.nixlab.shell.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LineHistoryTest {
    @TempDir
    Path directory;

    private Path file;
    private LineReaderImpl reader;

    @BeforeEach
    void makeReader() throws IOException {
        file = directory.resolve("history");
        reader = new LineReaderImpl(new DumbTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream()));
    }

    @Test
    void whatCannotBeReadIsSetAside() throws IOException {
        var damaged =
                "1764196000000:exec a echo \u00ff\n1764196000001:status\nno entry\n\0\0\0\n1764196000002:exec a 'ü'\n176"
                        .getBytes(StandardCharsets.UTF_8);
        damaged[new String(damaged, StandardCharsets.ISO_8859_1).indexOf('\u00c3')] = (byte) 0xff;
        Files.write(file, damaged);

        var history = LineHistory.of(file, reader);

        assertThat(lines(history)).containsExactly("status", "exec a 'ü'");
        assertThat(directory.resolve("history.damaged")).hasBinaryContent(damaged);
        assertThat(history.trouble())
                .contains("lines of the history cannot be read; it goes on without them, and all is kept in "
                        + directory.resolve("history.damaged"));
        assertThat(history.trouble()).isEmpty();
        history.add("next");
        assertThat(lines(LineHistory.of(file, reader))).containsExactly("status", "exec a 'ü'", "next");
    }

    @Test
    void whatCannotBeWrittenIsToldOnce() throws IOException {
        var history = LineHistory.of(directory.resolve("file/history"), reader);
        Files.createFile(directory.resolve("file"));

        history.add("one");
        assertThat(history.trouble()).get().asString().startsWith("the history cannot be written: ");
        history.add("two");
        assertThat(history.trouble()).isEmpty();
        Files.delete(directory.resolve("file"));
        history.add("three");

        assertThat(lines(LineHistory.of(directory.resolve("file/history"), reader)))
                .containsExactly("one", "two", "three");
    }

    @Test
    void whatIsNoFileIsToldAndLeft() throws IOException {
        Files.createDirectory(file);

        var history = LineHistory.of(file, reader);
        history.add("one");

        assertThat(lines(history)).containsExactly("one");
        assertThat(history.trouble()).get().asString().startsWith("the history " + file + " cannot be read");
        assertThat(file).isEmptyDirectory();
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        Files.writeString(file, "1764196000001:status\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        var fresh = directory.resolve("new/history");

        LineHistory.of(file, reader).add("one");
        LineHistory.of(fresh, reader).add("two");

        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(fresh)).isEqualTo("rw-------");
        assertThat(lines(LineHistory.of(file, reader))).containsExactly("status", "one");
        assertThat(lines(LineHistory.of(fresh, reader))).containsExactly("two");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void anotherFileIsLeftAsItIs() {
        LineHistory.of(file, reader).add("one");
        LineHistory.of(directory.resolve("other"), reader).add("two");

        assertThat(lines(LineHistory.of(file, reader))).containsExactly("one");
        assertThat(lines(LineHistory.of(directory.resolve("other"), reader))).containsExactly("two");
    }

    @Test
    void halfACharacterDoesNotEndTheHistory() {
        var history = LineHistory.of(file, reader);
        history.add("a\ud83d");
        history.add("b");

        assertThat(history.trouble()).isEmpty();
        assertThat(lines(LineHistory.of(file, reader))).containsExactly("a?", "b");
    }

    private static List<String> lines(LineHistory history) {
        var lines = new ArrayList<String>();
        history.forEach(entry -> lines.add(entry.line()));
        return lines;
    }
}

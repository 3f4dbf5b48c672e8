package org.nixlab.nix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SourcesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");
    private static final FileTime BEFORE = FileTime.from(BEGIN.minusSeconds(60));

    @TempDir
    Path directory;

    @Test
    void untouchedFilesAreUnchanged() throws IOException {
        var sources = Sources.of(List.of(file("network.nix", "{ }")), List.of(), BEGIN);

        assertThat(sources.changed()).isFalse();
    }

    @Test
    void rewrittenFileIsChangedEvenIfItsTimeIsOlder() throws IOException {
        var file = file("network.nix", "{ }");
        var sources = Sources.of(List.of(file), List.of(), BEGIN);

        Files.writeString(file, "{ a = { }; }");
        Files.setLastModifiedTime(file, FileTime.from(BEGIN.minusSeconds(120)));

        assertThat(sources.changed()).isTrue();
    }

    @Test
    void fileThatVanishedIsChanged() throws IOException {
        var file = file("network.nix", "{ }");
        var sources = Sources.of(List.of(file), List.of(), BEGIN);

        Files.delete(file);

        assertThat(sources.changed()).isTrue();
    }

    @Test
    void fileWrittenDuringTheEvaluationCountsAsChanged() throws IOException {
        var file = file("network.nix", "{ }");
        Files.setLastModifiedTime(file, FileTime.from(BEGIN.plusSeconds(1)));

        assertThat(Sources.of(List.of(file), List.of(), BEGIN).changed()).isTrue();
    }

    @Test
    void directoryCountsWithWhatIsInIt() throws IOException {
        var page = file("site/index.html", "hello");
        Files.setLastModifiedTime(page.getParent(), BEFORE);
        var sources = Sources.of(List.of(page.getParent()), List.of(), BEGIN);

        assertThat(sources.changed()).isFalse();
        Files.writeString(page, "hello again");
        assertThat(sources.changed()).isTrue();
    }

    private Path file(String name, String text) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setLastModifiedTime(file, BEFORE);
    }
}

package org.nixlab.lab.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class DraftsTest {
    @TempDir
    Path directory;

    @Test
    void whatIsWrittenTakesTheFilesPlaceAndNothingIsLeft() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "old");

        Drafts.write(file, "new");

        assertThat(file).hasContent("new");
        assertThat(directory).isDirectoryContaining(file::equals);
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void whatCannotBePlacedLeavesNothing() throws IOException {
        var taken = directory.resolve("file");
        Files.createDirectories(taken.resolve("full"));

        assertThatThrownBy(() -> Drafts.write(taken, "new")).isInstanceOf(IOException.class);

        assertThat(directory.toFile().list()).containsExactly("file");
    }
}

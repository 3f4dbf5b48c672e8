package org.nixlab.nix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class MentionedPathsTest {
    @TempDir
    private Path directory;

    @Test
    void relativePathsCountWithTheFilesOfDirectories() throws IOException {
        Files.createDirectories(directory.resolve("keys/below"));
        Files.writeString(directory.resolve("keys/web.pub"), "");
        Files.writeString(directory.resolve("keys/below/deep"), "");
        var file = directory.resolve("network.nix");
        Files.writeString(file, """
                { a = builtins.readFile ./name.txt; b = [./one ../two/x.y]; c = ./keys; d = ./. + "/e";
                  f = "/etc/./passwd"; g = a.b/c; h = ../.; }
                """);

        assertThat(MentionedPaths.in(List.of(file)))
                .containsExactlyInAnyOrder(
                        directory.resolve("name.txt"),
                        directory.resolve("one"),
                        directory.resolveSibling("two/x.y"),
                        directory.resolve("keys"),
                        directory.resolve("keys/web.pub"));
    }
}

package org.nixlab.image.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.image.debian.Mmdebstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(60)
final class WorkspaceTest {
    @TempDir
    private Path cache;

    @Test
    void nobodyElseCanMoveWhatIsUnpacked() throws IOException {
        try (var workspace = Workspace.open(cache, "base")) {
            int mode = (Integer) Files.getAttribute(workspace.roots(), "unix:mode") & 07777;

            assertThat(Integer.toOctalString(mode)).isEqualTo(Mmdebstrap.mode().equals("root") ? "755" : "1777");
        }
    }

    @Test
    void nobodyElseCanMakeItFirst() throws IOException {
        Path first;
        try (var workspace = Workspace.open(cache, "base")) {
            first = workspace.roots();
        }
        try (var workspace = Workspace.open(cache, "base")) {
            assertThat(workspace.roots()).isNotEqualTo(first);
        }
        assertThat(cache.resolve("build")).isEmptyDirectory();
    }

    @Test
    void whatAKilledBuilderUnpackedIsRemoved() throws IOException {
        var killed = Workspace.open(cache, "base").roots();
        Files.writeString(killed.resolve("half"), "x");

        Workspace.open(cache, "base").close();

        assertThat(killed).doesNotExist();
    }

    /** Somebody tidied up, and another user made a directory of the name. */
    @Test
    void whatAnotherUserHasByNowIsLeftAlone() throws IOException {
        var others = Workspace.open(cache, "base").roots();
        assumeTrue(Mmdebstrap.mode().equals("root"), "only root can give it away");
        Files.setAttribute(others, "unix:uid", 1);

        Workspace.open(cache, "base").close();

        assertThat(others).exists();
        Files.delete(others);
    }

    /** The record is all that says so, and the place anybody's. */
    @Test
    void whatIsNotABuildersIsLeftAlone() throws IOException {
        var record = Files.createDirectories(cache.resolve("build")).resolve("base.work.roots");
        var strangers = Files.createDirectory(cache.resolve("strangers"));
        var link = Files.createSymbolicLink(cache.resolve("nixlab-link"), strangers);
        for (var told : new String[] {"", "\0", "nixlab-1", strangers.toString(), link.toString()}) {
            Files.writeString(record, told);

            Workspace.open(cache, "base").close();

            assertThat(strangers).exists();
            assertThat(record).doesNotExist();
        }
    }
}

package org.nixlab.guest.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class HostTargetTest {
    @TempDir
    Path directory;

    @Test
    void aDirectoryThatNobodyMayReadIsAddedToOneThatIsThere() throws IOException {
        OrdinaryUser.assume(directory);
        var to =
                Files.createDirectories(directory.resolve("to/d/e")).getParent().getParent();
        var from = Files.createDirectories(directory.resolve("from/d/e"))
                .getParent()
                .getParent();
        Files.writeString(from.resolve("d/e/file"), "text");
        Files.createDirectory(from.resolve("d/new"));
        for (var name : new String[] {"d/new", "d/e", "d", ""}) {
            Files.setAttribute(from.resolve(name), "unix:mode", name.equals("d/new") ? 0100 : 0);
        }

        HostTarget.put(from, to);

        assertThat(to.resolve("d/e/file")).hasContent("text");
        assertThat((int) Files.getAttribute(to.resolve("d/new"), "unix:mode") & 07777)
                .isEqualTo(0100);
    }

    /** An earlier copy may have brought them. */
    @Test
    void linksInItsWayAreReplacedAndNotGoneThrough() throws IOException {
        var aim = Files.createDirectory(directory.resolve("aim"));
        var to = Files.createDirectory(directory.resolve("to"));
        Files.createSymbolicLink(to.resolve("sub"), aim);
        Files.createSymbolicLink(directory.resolve("link"), aim);
        for (var name : new String[] {"first/sub", "second"}) {
            Files.writeString(Files.createDirectories(directory.resolve(name)).resolve("file"), "text");
        }

        HostTarget.put(directory.resolve("first"), to);
        HostTarget.put(directory.resolve("second"), directory.resolve("link"));

        assertThat(aim).isEmptyDirectory();
        assertThat(to.resolve("sub/file")).hasContent("text");
        assertThat(directory.resolve("link/file")).hasContent("text");
    }
}

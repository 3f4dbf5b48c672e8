package org.nixlab.guest;

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
}

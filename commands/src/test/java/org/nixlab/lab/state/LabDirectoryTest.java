package org.nixlab.lab.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LabDirectoryTest {
    @TempDir
    Path home;

    @Test
    void nobodyElseMayLookIntoWhatALabKeeps() throws IOException {
        var lab = new LabDirectory(home, "network");

        lab.makeState();

        assertThat(mode(lab.state())).isEqualTo("rwx------");
    }

    @Test
    void theOneOfAnOlderNixlabIsClosed() throws IOException {
        var lab = new LabDirectory(home, "network");
        Files.createDirectories(lab.state());
        Files.setPosixFilePermissions(lab.state(), PosixFilePermissions.fromString("rwxr-xr-x"));

        lab.makeState();

        assertThat(mode(lab.state())).isEqualTo("rwx------");
    }

    private static String mode(Path directory) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
    }
}

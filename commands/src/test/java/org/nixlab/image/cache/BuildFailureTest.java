package org.nixlab.image.cache;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;

final class BuildFailureTest {
    @Test
    void aFullDiskIsSaidInPlainWords() {
        var failure = failure("E: write error: No space left on device");

        assertThat(failure).hasMessage("base amd64 could not be built: the disk is full");
        assertThat(failure.hint()).contains("images prune");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
    }

    @Test
    void noNetworkLeadsToTheMirror() {
        var failure = failure("Err:1 x\n  Temporary failure resolving 'mirror.test'\nE: Failed to fetch x");

        assertThat(failure.getMessage())
                .contains("the Debian mirror cannot be reached")
                .contains("E: Failed to fetch");
        assertThat(failure.hint()).contains("--mirror URL");
    }

    @Test
    void aPackageThatFailsToInstallIsQuoted() {
        var failure = failure("Setting up x\ndpkg: error processing package x (--configure):\n"
                + "E: Sub-process /usr/bin/dpkg returned an error code (1)");

        assertThat(failure.getMessage())
                .contains("dpkg: error processing package x (--configure):")
                .doesNotContain("Setting up");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BUILD_FAILED);
        assertThat(failure.place()).isEqualTo("/log");
    }

    @Test
    void packagesThatExcludeEachOtherAreNamed() {
        var failure = failure("The following packages have unmet dependencies:\n"
                + " exim4-config : Conflicts: postfix but 3.7 is to be installed\n"
                + "E: Unable to correct problems, you have held broken packages.");

        assertThat(failure.getMessage()).contains("exim4-config : Conflicts: postfix but 3.7 is to be installed");
    }

    private static LabException failure(String output) {
        return BuildFailure.of("base amd64", "mmdebstrap", output, Path.of("/log"));
    }
}

package org.nixlab.image.debian;

import org.junit.jupiter.api.Test;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class HostToolsTest {
    @Test
    void everythingMissingIsNamedWithOneLineThatInstallsIt() {
        var tools = new HostTools("/nowhere");

        assertThatThrownBy(() -> tools.require("sqfstar", "mmdebstrap"))
                .isInstanceOfSatisfying(LabException.class, e -> {
                    assertThat(e).hasMessage("missing on this host: sqfstar, mmdebstrap");
                    assertThat(e.hint()).isEqualTo("apt-get install squashfs-tools mmdebstrap");
                    assertThat(e.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
                });
    }

    @Test
    void programsThatAreThereAreFound() {
        new HostTools(System.getenv("PATH")).require("sh");
    }
}

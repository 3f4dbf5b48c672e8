package org.nixlab.machine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class GuestProgramsTest {
    @TempDir
    private Path temporary;

    /** A machine that an earlier nixlab started goes on with what that wrote. */
    @Test
    void thoseOfARunBeforeAreKnown() throws IOException {
        var place = VmDirectory.in(temporary.resolve("state"), temporary.resolve("runtime"), "m");
        Files.createDirectories(place.state());
        Files.createDirectories(place.runtime());
        Files.writeString(place.state().resolve("programs"), "/nix/store/x-guest\nfalse\n");
        assertThat(GuestPrograms.load(place)).isEqualTo(new GuestPrograms("/nix/store/x-guest", false));

        Files.writeString(place.runtime().resolve("programs"), "/usr/lib/nixlab\ntrue\n");
        assertThat(GuestPrograms.load(place)).isEqualTo(new GuestPrograms("/usr/lib/nixlab", true));
    }
}

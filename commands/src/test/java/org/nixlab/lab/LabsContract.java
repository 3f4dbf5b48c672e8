package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.Progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What users of labs may rely on, with and without Nix behind it. */
public abstract class LabsContract {
    @TempDir
    protected Path directory;

    /** Returns the labs, where {@code network.nix} has one machine, {@code web}. */
    protected abstract Labs labs();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("network.nix"), "{ web = { }; }\n");
        Files.writeString(directory.resolve("broken.nix"), "{ web = ");
    }

    @Test
    void aNetworkThatLoadsIsToldWithItsMachines() {
        var checked = check("network.nix");

        assertThat(checked.guestSystem()).isEqualTo(GuestSystem.DEBIAN);
        assertThat(checked.network().orElseThrow().names()).containsExactly("web");
        assertThat(checked.complaint()).isEmpty();
    }

    @Test
    void whatStandsAgainstANetworkIsToldAndNotThrown() {
        var broken = check("broken.nix");

        assertThat(broken.network()).isEmpty();
        assertThat(broken.complaint()).map(LabException::exitCode).contains(ExitCode.BUILD_FAILED);
        assertThat(broken.complaint().orElseThrow().place()).contains("broken.nix:");
        assertThat(check("none.nix").complaint()).map(LabException::exitCode).contains(ExitCode.USAGE);
    }

    @Test
    void aCheckLeavesNothing() throws IOException {
        check("network.nix");
        check("broken.nix");

        try (var entries = Files.list(directory)) {
            assertThat(entries)
                    .extracting(entry -> entry.getFileName().toString())
                    .containsExactlyInAnyOrder("network.nix", "broken.nix");
        }
        assertThat(labs().isLabIn(directory)).isFalse();
    }

    @Test
    void whereThereIsNoLabNoneIsMeant() {
        for (var use : Labs.Use.values()) {
            assertThatThrownBy(() -> labs().meant(directory, Optional.empty(), use, Progress.NONE))
                    .isInstanceOf(LabException.class)
                    .extracting("exitCode")
                    .isEqualTo(ExitCode.USAGE);
        }
    }

    protected Labs.Checked check(String named) {
        return labs().check(LoadRequest.of(named, directory), Progress.NONE, soon());
    }

    protected static Deadline soon() {
        return TestLab.minutes(2);
    }
}

package org.nixlab.lab.state;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Detail;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;

import static org.assertj.core.api.Assertions.assertThat;

final class LabMemoryTest {
    private static final LoadRequest BARE = LoadRequest.of("network.nix", Path.of("/lab"));
    private static final LoadRequest EARLIER = BARE.withGuestSystem(GuestSystem.NIXOS)
            .withMirror("http://mirror")
            .withNix(NixOptions.NONE
                    .withNixpkgs("/tree")
                    .withWords(List.of("-I", "own=/own"))
                    .withArgument("count", "1"));

    @TempDir
    private Path home;

    @Test
    void whatIsNotSaidStaysAsItWas() {
        assertThat(LabMemory.over(BARE, EARLIER)).isEqualTo(EARLIER);
    }

    @Test
    void whatIsSaidTakesThePlaceOfItsKind() {
        var wish = BARE.withGuestSystem(GuestSystem.DEBIAN)
                .withNix(NixOptions.NONE.withWords(List.of("-I", "other=/other")));

        var loaded = LabMemory.over(wish, EARLIER);

        assertThat(loaded.guestSystem()).isEqualTo(GuestSystem.DEBIAN);
        assertThat(loaded.nix().words()).containsExactly("-I", "other=/other");
        assertThat(loaded.nix().nixpkgs()).contains("/tree");
        assertThat(loaded.nix().arguments()).containsKey("count");
        assertThat(loaded.mirror()).contains("http://mirror");
    }

    @Test
    void aTreeIsNamedInOneOfTwoWays() {
        var wish = BARE.withNix(NixOptions.NONE.withWords(List.of("-I", "nixpkgs=/other")));

        assertThat(LabMemory.over(wish, EARLIER).nix().nixpkgs()).isEmpty();
        assertThat(LabMemory.over(wish, EARLIER).guestSystem()).isEqualTo(GuestSystem.NIXOS);
        assertThat(LabMemory.over(wish, BARE.withGuestSystem(GuestSystem.DEBIAN))
                        .guestSystem())
                .as("whether it can be had is to be found out")
                .isEqualTo(GuestSystem.AUTO);
        assertThat(LabMemory.over(BARE, BARE.withGuestSystem(GuestSystem.DEBIAN))
                        .guestSystem())
                .isEqualTo(GuestSystem.DEBIAN);
    }

    @Test
    void whatIsWrittenAlreadyIsNotWrittenAgain() throws Exception {
        var directory = new LabDirectory(home, "network");
        var request = LoadRequest.of("network.nix", home)
                .withGuestSystem(GuestSystem.NIXOS)
                .withNix(EARLIER.nix());
        var file = directory.state().resolve("lab.properties");
        new LabMemory(directory, request, Optional.of("/tree")).keep();
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        new LabMemory(directory, request.with(Detail.TRACE), Optional.of("/tree")).keep();
        assertThat(Files.getLastModifiedTime(file).toMillis()).isZero();

        new LabMemory(directory, request, Optional.of("/other")).keep();
        assertThat(directory.settings().tree()).contains("/other");
    }
}

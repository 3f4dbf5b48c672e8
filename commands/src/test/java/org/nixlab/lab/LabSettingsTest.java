package org.nixlab.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class LabSettingsTest {
    @TempDir
    private Path home;

    @Test
    void whatWasSaidToNixIsReadBack() {
        var nix = NixOptions.NONE
                .withWords(List.of("--builders", "ssh://one\nssh://two", "--option", "substituters", ""))
                .withArgument("count", "1 # of them\n");
        var directory = new LabDirectory(home, "network");
        directory.makeState();

        directory
                .settings()
                .save(new LoadRequest(
                        home.resolve("network.nix"),
                        Optional.empty(),
                        Optional.of("network"),
                        GuestSystem.NIXOS,
                        Optional.empty(),
                        nix,
                        false));

        assertThat(directory.settings().load()).map(LoadRequest::nix).contains(nix);
    }
}

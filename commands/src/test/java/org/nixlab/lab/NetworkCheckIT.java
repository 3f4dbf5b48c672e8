package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.nix.nixos.SampleTree;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks of network files with a real Nix. */
@Timeout(600)
final class NetworkCheckIT extends LabsContract {
    @TempDir
    private Path elsewhere;

    @Override
    protected Labs labs() {
        return labs(Map.of());
    }

    private Labs labs(Map<String, String> more) {
        var environment = new HashMap<>(System.getenv());
        environment.put("NIXPKGS_ALL", "");
        environment.put("NIXOS", "");
        environment.put("NIX_PATH", "");
        environment.putAll(more);
        return new LocalLabs(new Host(directory, environment));
    }

    private Labs labsOf(SampleTree tree) {
        var environment = tree.environmentWithFlakes();
        environment.put(
                "NIXLAB_CACHE", new Host(directory, System.getenv()).cache().toString());
        return labs(environment);
    }

    @Test
    void aLabStaysWhatItWasLoadedWith() throws IOException {
        labs().load(request("network.nix"), Progress.NONE, soon()).close();
        Files.writeString(directory.resolve("network.nix"), "{ db = { }; web = { }; }\n");

        assertThat(check("network.nix").network().orElseThrow().names()).containsExactly("db", "web");

        try (var lab = labs().open(directory, Optional.empty(), Progress.NONE, soon())) {
            assertThat(lab.network().names()).containsExactly("web");
        }
    }

    @Test
    void whatALabWasLoadedWithStands() throws IOException {
        var tree = SampleTree.modern(elsewhere);
        var labs = labsOf(tree);
        Files.writeString(directory.resolve("network.nix"), "{ name }: { ${name} = { }; }\n");
        var nix = NixOptions.NONE.withNixpkgs(tree.path().toString()).withString("name", "one");
        labs.load(request("network.nix").withGuestSystem(GuestSystem.NIXOS).withNix(nix), Progress.NONE, soon())
                .close();

        var again = labs.check(request("network.nix"), Progress.NONE, soon());
        var other = labs.check(request("network.nix").withNix(nix.withString("name", "two")), Progress.NONE, soon());

        assertThat(again.guestSystem()).isEqualTo(GuestSystem.NIXOS);
        assertThat(again.network().orElseThrow().names()).containsExactly("one");
        assertThat(other.network().orElseThrow().names()).containsExactly("two");
        try (var lab = labs.open(directory, Optional.empty(), Progress.NONE, soon())) {
            assertThat(lab.network().names()).containsExactly("one");
        }
    }

    @Test
    void aFlakeIsLeftAsItWas() throws IOException {
        var tree = SampleTree.modern(elsewhere);
        Files.writeString(directory.resolve("flake.nix"), """
                {
                  inputs.nixpkgs.url = "path:%s";
                  outputs = { self, nixpkgs }: { lab = import ./network.nix; broken = import ./broken.nix; };
                }
                """.formatted(tree.path()));

        for (var system : List.of(GuestSystem.NIXOS, GuestSystem.DEBIAN)) {
            var wish = request(".#lab").withGuestSystem(system);
            var checked = labsOf(tree).check(wish, Progress.NONE, soon());

            assertThat(checked.complaint()).isEmpty();
            assertThat(checked.network().orElseThrow().names()).containsExactly("web");
        }
        // What Nix reads is a copy; what is told of it is not.
        var broken =
                labsOf(tree).check(request(".#broken"), Progress.NONE, soon()).complaint();
        assertThat(broken.orElseThrow().place()).startsWith(directory + "/broken.nix:");
        try (var entries = Files.list(directory)) {
            assertThat(entries)
                    .extracting(entry -> entry.getFileName().toString())
                    .containsExactlyInAnyOrder("flake.nix", "network.nix", "broken.nix");
        }
    }

    @Test
    void whatWouldHaveToBeBuiltToReadAFileIsNot() throws IOException {
        var tree = SampleTree.modern(elsewhere);
        Files.writeString(directory.resolve("network.nix"), """
                import (derivation {
                  name = "network";
                  system = "x86_64-linux";
                  builder = "/bin/sh";
                  args = [ "-c" "echo '{ web = { }; }' > $out" ];
                })
                """);
        var wish = request("network.nix")
                .withGuestSystem(GuestSystem.NIXOS)
                .withNix(NixOptions.NONE.withNixpkgs(tree.path().toString()));

        var checked = labsOf(tree).check(wish, Progress.NONE, soon());

        assertThat(checked.complaint().orElseThrow()).hasMessageContaining("allow-import-from-derivation");
        assertThat(tree.path().resolveSibling("store")).isDirectoryNotContaining("glob:**-network");
    }

    private LoadRequest request(String named) {
        return LoadRequest.of(named, directory);
    }
}

package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.machine.Phase;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;
import org.nixlab.nix.SampleTree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class GuestChoiceIT {
    @TempDir
    private Path directory;

    private final List<String> notes = new ArrayList<>();
    private SampleTree tree;

    @BeforeEach
    void write() throws IOException {
        tree = SampleTree.modern(directory);
        Files.writeString(directory.resolve("network.nix"), "{ web = { services.openssh.enable = true; }; }\n");
    }

    @Test
    void nixosIsTakenWhereNothingIsToBeCompiled() {
        assertThat(origin(NixOptions.NONE.withNixpkgs(tree.path().toString()))).isInstanceOf(Origin.Nixos.class);
        assertThat(notes)
                .containsExactly("guests are NixOS: all is built or can be fetched (--guest debian for Debian)");
    }

    @Test
    void debianIsTakenWhereSomethingIsToBeCompiled() throws IOException {
        var modules = tree.path().resolve("nixos/modules.nix");
        Files.writeString(
                modules,
                Files.readString(modules)
                        .replace("\"nixos-system-${name}\" { }", "\"nixos-system-${name}\" { src = ./.; }"));

        assertThat(origin(NixOptions.NONE.withNixpkgs(tree.path().toString()))).isInstanceOf(Origin.Debian.class);
        assertThat(notes)
                .containsExactly(
                        "guests are Debian: NixOS would have to compile nixos-system-web (--guest nixos does it)");
    }

    @Test
    void aTreeThatCannotBeUsedIsSaid() throws IOException {
        Files.writeString(tree.path().resolve("lib/minver.nix"), "\"99.2\"\n");

        assertThat(origin(NixOptions.NONE.withNixpkgs(tree.path().toString()))).isInstanceOf(Origin.Debian.class);
        assertThat(notes).hasSize(1);
        assertThat(notes.get(0)).startsWith("guests are Debian: nixpkgs 20.09 needs Nix 99.2 or newer");
    }

    @Test
    void whatANamedTreeSaysAgainstTheFileIsTheError() throws IOException {
        Files.writeString(directory.resolve("network.nix"), "{ web = { users.motdd = 1; }; }\n");
        var named = NixOptions.NONE.withNixpkgs(tree.path().toString());
        var onSearchPath = NixOptions.NONE.withWords(List.of("-I", "nixpkgs=" + tree.path()));

        assertThatThrownBy(() -> origin(named)).hasMessageContaining("users.motdd");
        assertThatThrownBy(() -> origin(onSearchPath)).hasMessageContaining("users.motdd");
        assertThat(notes).isEmpty();
    }

    @Test
    void guestsThatBecomeOthersAreSaid() {
        origin(NixOptions.NONE.withNixpkgs(tree.path().toString()));
        notes.clear();

        origin(NixOptions.NONE);

        assertThat(notes).containsExactly("guests are Debian now, and were NixOS of " + tree.path() + " before");
    }

    @Test
    void whereThereIsNoTreeThereIsNothingToSay() {
        assertThat(origin(NixOptions.NONE)).isInstanceOf(Origin.Debian.class);
        assertThat(notes).isEmpty();
    }

    private Origin origin(NixOptions options) {
        var environment = tree.environment();
        environment.put("HOME", directory.toString());
        environment.put(
                "NIXLAB_CACHE", new Host(directory, System.getenv()).cache().toString());
        var request = new LoadRequest(
                directory.resolve("network.nix"),
                Optional.empty(),
                Optional.empty(),
                GuestSystem.AUTO,
                Optional.empty(),
                options,
                false);
        try (var lab = new LocalLabs(new Host(directory, environment)).load(request, new Notes(), TestLab.minutes(2))) {
            return lab.network().machine("web").map(Machine::origin).orElseThrow();
        }
    }

    private final class Notes implements Progress {
        @Override
        public void machine(String machine, Phase phase, String detail) {}

        @Override
        public void step(String what, String detail, double fraction) {}

        @Override
        public void note(String line) {
            notes.add(line);
        }
    }
}

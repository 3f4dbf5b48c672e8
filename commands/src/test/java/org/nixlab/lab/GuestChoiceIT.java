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
import org.nixlab.base.Detail;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.nixos.SampleTree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class GuestChoiceIT {
    @TempDir
    private Path directory;

    private final List<String> notes = new ArrayList<>();
    private SampleTree tree;
    private GuestSystem guestSystem = GuestSystem.AUTO;
    private String variable = "";
    private boolean look;

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

        guestSystem = GuestSystem.DEBIAN;
        origin(NixOptions.NONE);

        assertThat(notes).containsExactly("guests are Debian now, and were NixOS of " + tree.path() + " before");
    }

    @Test
    void aLabRemembersItsGuestsAndItsTree() throws IOException {
        origin(NixOptions.NONE.withNixpkgs(tree.path().toString()));
        var settings = Files.readString(directory.resolve(".nixlab/network/lab.properties"));
        notes.clear();

        assertThat(origin(NixOptions.NONE)).isInstanceOf(Origin.Nixos.class);
        Files.writeString(directory.resolve("network.nix"), "{ other = { }; web = { }; }\n");
        assertThat(origin(NixOptions.NONE)).isInstanceOf(Origin.Nixos.class);

        assertThat(notes).isEmpty();
        assertThat(directory.resolve(".nixlab/network/lab.properties")).hasContent(settings);
    }

    @Test
    void aLabRemembersTheTreeOfTheEnvironmentUntilThatNamesAnother() throws IOException {
        variable = tree.path().toString();
        assertThat(origin(NixOptions.NONE)).isInstanceOf(Origin.Nixos.class);
        Files.writeString(directory.resolve("network.nix"), "{ web = { users.motd = \"x\"; }; }\n");

        variable = "";
        assertThat(origin(NixOptions.NONE)).isInstanceOf(Origin.Nixos.class);
        var other = SampleTree.modern(Files.createDirectory(directory.resolve("other")));
        Files.writeString(other.path().resolve("lib/.version"), "21.05\n");
        variable = other.path().toString();
        assertThat(((Origin.Nixos) origin(NixOptions.NONE)).release()).isEqualTo("21.05");
    }

    @Test
    void toLookAtANetworkLeavesNothing() {
        look = true;
        assertThat(origin(NixOptions.NONE)).isInstanceOf(Origin.Debian.class);
        assertThat(directory.resolve(".nixlab")).doesNotExist();

        origin(NixOptions.NONE.withNixpkgs(tree.path().toString()));
        assertThat(directory.resolve(".nixlab/network/lab.properties")).exists();
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
                guestSystem,
                Optional.empty(),
                options,
                NetworkPart.ALL,
                Detail.SCREEN);
        environment.put("NIXPKGS_ALL", variable);
        var labs = new LocalLabs(new Host(directory, environment));
        try (var lab = look
                ? labs.look(request, Progress.noting(notes::add), TestLab.minutes(2))
                : labs.load(request, Progress.noting(notes::add), TestLab.minutes(2))) {
            return lab.network().machine("web").map(Machine::origin).orElseThrow();
        }
    }
}

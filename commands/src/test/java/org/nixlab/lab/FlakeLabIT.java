package org.nixlab.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.base.Detail;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.NetworkInterface;
import org.nixlab.model.Selector;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.nixos.SampleTree;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Outputs of flakes as networks, with a real Nix. */
@Timeout(600)
final class FlakeLabIT {
    @TempDir
    private Path directory;

    private Path flake;

    private SampleTree tree;

    private LocalLabs labs;

    @BeforeEach
    void flake() throws IOException {
        tree = SampleTree.modern(directory);
        flake = Files.createDirectory(directory.resolve("flake"));
        labs = new LocalLabs(new Host(flake, tree.environmentWithFlakes()));
        write("""
                {
                  inputs.nixpkgs.url = "path:%s";
                  outputs = { self, nixpkgs }: {
                    lab = import ./network.nix;
                    nixosConfigurations = {
                      db = nixpkgs.lib.nixosSystem { modules = [ { virtualisation.memorySize = 512; } ]; };
                      web = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; };
                    };
                    number = 3;
                  };
                }
                """.formatted(tree.path()));
        Files.writeString(flake.resolve("network.nix"), "{ one = { }; two = { virtualisation.vlans = [ 1 2 ]; }; }");
        Files.writeString(flake.resolve("web.nix"), "{ virtualisation.vlans = [ 2 ]; }");
    }

    @Test
    void machinesOfAFlakeInGitAreANetworkAndChangeWithItsFiles() throws IOException {
        git();
        try (var lab = load(".#lab")) {
            assertThat(lab.name()).isEqualTo("lab");
            assertThat(lab.directory()).isEqualTo(flake);
            assertThat(lab.network().names()).containsExactly("one", "two");
            assertThat(lab.isStale()).isFalse();

            Files.writeString(flake.resolve("network.nix"), "{ one = { }; two = { }; three = { }; }");

            assertThat(lab.isStale()).isTrue();
            lab.reload(Progress.NONE, TestLab.minutes(2));
            assertThat(lab.network().names()).containsExactly("one", "three", "two");
            assertThat(lab.isStale()).isFalse();
        }
        try (var again = labs.open(flake, Optional.empty(), Progress.NONE, TestLab.minutes(1))) {
            assertThat(again.network().names()).containsExactly("one", "three", "two");
        }
        assertThat(flake.resolve("flake.lock")).exists();
    }

    @Test
    void configurationsBecomeMachinesOfOneNetwork() {
        try (var lab = load(".")) {
            assertThat(lab.name()).isEqualTo("flake");
            assertThat(lab.network().names()).containsExactly("db", "web");
            assertThat(lab.network().machine("db").orElseThrow().hardware().memorySize())
                    .isEqualTo(512);
            assertThat(lab.network().machine("web").orElseThrow().interfaces())
                    .extracting(NetworkInterface::vlan)
                    .containsExactly(2);
            assertThat(lab.build(Selector.ALL, new Lab.BuildRequest(false, false), Progress.NONE, TestLab.minutes(2))
                            .resolve("bin/run-web-vm"))
                    .isExecutable();
            // A second time, with all that a lab leaves behind in its directory.
            lab.reload(Progress.NONE, TestLab.minutes(2));
        }
        // Nix would copy it, and refuses sockets.
        assertThat(flake.resolve(".nixlab")).isSymbolicLink();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkgs.testers.runNixOSTest (import ./test.nix)",
                "pkgs.nixosTest (import ./test.nix)",
                "pkgs.callPackage ({ testers, lib }: testers.runNixOSTest ./test.nix) { }",
                "(import nixpkgs { system = \"x86_64-linux\"; }).testers.runNixOSTest ./test.nix",
                "import ./nested.nix { inherit pkgs; }",
            })
    void aCheckIsATestWithItsMachines(String check) throws IOException {
        write("""
                {
                  inputs.nixpkgs.url = "path:%s";
                  outputs = { self, nixpkgs }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
                    nixosModules.default = { networking.domain = "example.net"; };
                    checks.x86_64-linux.vm = %s;
                  };
                }
                """.formatted(tree.path(), check));
        Files.writeString(flake.resolve("nested.nix"), "{ pkgs }: pkgs.testers.runNixOSTest ./test.nix");
        Files.writeString(flake.resolve("test.nix"), """
                { pkgs, ... }:
                {
                  name = "vm";
                  nodes.client = { };
                  nodes.web = { networking.domain = "example.net"; };
                  testScript = { nodes, ... }: "${nodes.web.networking.domain}";
                }
                """);

        try (var lab = labs.load(
                LoadRequest.of(".#checks.x86_64-linux.vm", flake).withTest(), Progress.NONE, TestLab.minutes(2))) {
            assertThat(lab.name()).isEqualTo("vm");
            assertThat(lab.network().names()).containsExactly("client", "web");
            assertThat(lab.test().orElseThrow().text()).isEqualTo("example.net");
        }
    }

    @Test
    void oneConfigurationIsANetworkOfOne() {
        try (var lab = load(".#web")) {
            assertThat(lab.name()).isEqualTo("web");
            assertThat(lab.network().names()).containsExactly("web");
        }
    }

    @Test
    void optionsAreThoseOfTheFlakesNixpkgs() {
        try (var lab = load(".#lab")) {
            assertThat(lab.options(TestLab.minutes(2)))
                    .extracting(OptionDocument::name)
                    .contains("users.motd");
        }
    }

    @Test
    void aFlakeWithoutNixpkgsSaysSo() throws IOException {
        write("{ outputs = { self }: { lab = { a = { }; }; }; }");

        assertThatThrownBy(() -> load(".#lab")).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e).hasMessage("the flake path:" + flake + " has no input nixpkgs to build its machines from");
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
        });
    }

    @Test
    void anOutputThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> load(".#lba")).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e).hasMessage("the flake path:" + flake + " has no output `lba`");
            assertThat(e.place()).isEmpty();
            assertThat(e.hint()).contains("lab", "nixosConfigurations");
        });
        assertThat(flake.resolve(".nixlab/lba")).doesNotExist();
    }

    @Test
    void anOutputThatIsNotThereLeavesOtherLabsAlone() {
        load(".#lab").close();

        assertThatThrownBy(() -> load(".#lba")).hasMessageContaining("no output");

        try (var lab = labs.open(flake, Optional.empty(), Progress.NONE, TestLab.minutes(1))) {
            assertThat(lab.network().names()).containsExactly("one", "two");
        }
    }

    @Test
    void anOutputThatWantsTheNameOfAnotherLabLeavesThatAlone() throws IOException {
        load(".#lab").close();

        write(Files.readString(flake.resolve("flake.nix")).replace("number = 3", "more.lab.three = { }"));
        assertThatThrownBy(() -> load(".#more.lab"))
                .hasMessageStartingWith("the lab lab was loaded from another file: ");

        try (var lab = labs.open(flake, Optional.empty(), Progress.NONE, TestLab.minutes(1))) {
            assertThat(lab.network().names()).containsExactly("one", "two");
        }
    }

    @Test
    void theStateMayBeDeleted() throws IOException {
        load(".#lab").close();
        try (var files = Files.walk(flake.resolve(".nixlab").toRealPath())) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }

        try (var lab = load(".#lab")) {
            assertThat(lab.network().names()).containsExactly("one", "two");
        }
    }

    @Test
    void whatAFlakeOnlyReadsCounts() throws IOException {
        Files.writeString(flake.resolve("names"), "[\"one\"]");
        Files.writeString(
                flake.resolve("network.nix"),
                "builtins.listToAttrs (map (name: { inherit name; value = { }; })"
                        + " (builtins.fromJSON (builtins.readFile ./names)))");
        load(".#lab").close();
        Files.writeString(flake.resolve("names"), "[\"one\", \"two\"]");

        try (var lab = load(".#lab")) {
            assertThat(lab.network().names()).containsExactly("one", "two");
        }
    }

    @Test
    void anOutputThatIsNoNetworkIsAnError() {
        assertThatThrownBy(() -> load(".#number"))
                .isInstanceOfSatisfying(
                        LabException.class,
                        e -> assertThat(e)
                                .hasMessage("`number` of the flake path:" + flake
                                        + " is the number 3, no set of machines"));
    }

    @Test
    void anErrorIsToldWithTheUsersOwnFile() throws IOException {
        write("{ outputs = { self }: { lab = { a = { virtualisation.memorySize = nothing; }; }; }; }");
        git();

        assertThatThrownBy(() -> loadWithTree(".#lab")).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e.getMessage()).contains("nothing");
            assertThat(e.place()).startsWith(flake.resolve("flake.nix") + ":1:");
        });
    }

    @Test
    void aFlakeThatCannotBeReadIsAnError() throws IOException {
        assertThatThrownBy(() -> load("/nowhere#lab")).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(e.getMessage()).startsWith("the flake /nowhere cannot be read: ");
        });
        write("{ outputs = ");

        assertThatThrownBy(() -> load(".#lab")).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e.getMessage()).startsWith("the flake " + flake + " cannot be read: syntax error");
            assertThat(e.place()).startsWith(flake.resolve("flake.nix") + ":1:");
        });
    }

    @Test
    void debianGuestsTakeNoFlakeFromElsewhere() {
        var request = LoadRequest.of("github:owner/name#lab", flake).withGuestSystem(GuestSystem.DEBIAN);

        assertThatThrownBy(() -> labs.load(request, Progress.NONE, TestLab.minutes(1)))
                .hasMessage("Debian guests take only flakes that lie on this host");
    }

    private Lab load(String named) {
        return labs.load(LoadRequest.of(named, flake), Progress.NONE, TestLab.minutes(2));
    }

    private Lab loadWithTree(String named) {
        var request = LoadRequest.of(named, flake);
        return labs.load(
                new LoadRequest(
                        request.file(),
                        request.flake(),
                        Optional.empty(),
                        GuestSystem.NIXOS,
                        Optional.empty(),
                        NixOptions.NONE.withNixpkgs(tree.path().toString()),
                        NetworkPart.ALL,
                        Detail.SCREEN),
                Progress.NONE,
                TestLab.minutes(2));
    }

    private void write(String text) throws IOException {
        Files.writeString(flake.resolve("flake.nix"), text);
    }

    private void git() {
        for (var words : List.of(List.of("init", "--quiet"), List.of("add", "."))) {
            var command = HostCommand.of("git", "-C", flake.toString(), words.get(0), words.get(1));
            assertThat(HostProcess.run(command, TestLab.minutes(1)).succeeded()).isTrue();
        }
    }
}

package org.nixlab.nix.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.model.Machine;
import org.nixlab.model.option.AttributePath;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.complaint.NixException;
import org.nixlab.nix.nixos.Flake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Sources that many network files name, and that Debian guests make no use of: nobody fetches them. */
@Timeout(60)
class KnownSourcesIT {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fetchTarball \"https://github.com/NixOS/nixpkgs/archive/0000.tar.gz\"",
                "builtins.fetchTarball { url = \"https://channels.nixos.org/nixos-24.11/nixexprs.tar.xz\"; sha256 = \"\"; }",
                "fetchTarball \"https://nixos.org/channels/nixos-unstable/nixexprs.tar.xz\"",
                "builtins.fetchGit { url = \"https://github.com/someone/nixpkgs.git\"; rev = \"0000\"; }",
                "(import <nixpkgs> { }).fetchFromGitHub { owner = \"NixOS\"; repo = \"nixpkgs\"; rev = \"0000\"; sha256 = \"\"; }",
                "fetchGit \"git@github.com:NixOS/nixpkgs-channels\""
            })
    void aPinnedNixpkgsIsNixlabsOwn(String source) throws IOException {
        assertThat(machines(evaluate("""
                let pinned = %s; pkgs = import pinned { }; in
                pkgs.testers.runNixOSTest {
                  name = "pinned";
                  nodes.web = { modulesPath, ... }: {
                    imports = [ "${pinned}/nixos/modules/profiles/minimal.nix" ];
                    environment.systemPackages = [ pkgs.lynx ];
                  };
                  testScript = "";
                }
                """.formatted(source)))).isEqualTo("web");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <home-manager/nixos>                                                                        | home-manager.users.bob = { pkgs, ... }: { };
            "${fetchTarball "https://github.com/nix-community/home-manager/archive/master.tar.gz"}/nixos" | home-manager.useGlobalPkgs = true;
            "${fetchTarball "https://github.com/nix-community/disko/archive/v1.tar.gz"}/module.nix"     | disko.devices.disk.main.type = "disk";
            "${builtins.fetchGit "https://github.com/ryantm/agenix"}/modules/age.nix"                   | age.secrets.key.file = ./key.age;
            "${builtins.fetchGit "https://github.com/Mic92/sops-nix"}/modules/sops"                     | sops.secrets.key = { };
            <nixos-hardware/raspberry-pi/4>                                                             | hardware.enableRedistributableFirmware = true;
            """)
    void whatOthersAddToNixosHasNoEffect(String module, String settings) throws IOException {
        var evaluation = evaluate("{ web = { imports = [ %s ]; %s }; }".formatted(module, settings));

        assertThat(evaluation.notes())
                .containsExactly(
                        "without effect in Debian guests: " + settings.strip().split("[. ]")[0]);
    }

    @Test
    void secretsOfOthersHaveTheirPaths() throws IOException {
        var web = evaluate("""
                {
                  web = { config, ... }: {
                    imports = [ "${fetchTarball "https://github.com/ryantm/agenix/tarball/main"}/modules/age.nix"
                      "${fetchTarball "https://github.com/Mic92/sops-nix/tarball/master"}/modules/sops" ];
                    age.secrets.one.file = ./one.age;
                    sops.secrets."shop/two" = { };
                    environment.etc.paths.text = "${config.age.secrets.one.path} ${config.sops.secrets."shop/two".path}";
                  };
                }
                """).network().machines().get(0);

        assertThat(WrittenNetworks.text(web, "/etc/paths")).isEqualTo("/run/agenix/one /run/secrets/shop/two");
    }

    @Test
    void whatIsNotKnownIsFetched() {
        assertThatThrownBy(() -> evaluate("import (fetchTarball \"https://example.invalid/nixpkgs.tar.gz\") { }"))
                .isInstanceOf(NixException.class)
                .hasMessageStartingWith("could not fetch https://example.invalid/nixpkgs.tar.gz");
    }

    @Test
    void whatIsNotThereOfAKnownSourceIsSaid() {
        assertThatThrownBy(() -> evaluate("{ web.imports = [ <home-manager/nix-darwin> ]; }"))
                .isInstanceOf(NixException.class)
                .hasMessage("what stands for another project in Debian guests has no home-manager/nix-darwin");
        assertThatThrownBy(() -> evaluate("{ web = import <nixpkgs/nixos/modules/services/web-servers/nginx>; }"))
                .isInstanceOf(NixException.class)
                .hasMessage("Debian guests have no nixos/modules/services/web-servers/nginx of nixpkgs");
    }

    /** None of the inputs is locked, or there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            { nixosConfigurations.web = nixpkgs.lib.nixosSystem { modules = [ home-manager.nixosModules.home-manager disko.nixosModules.disko ]; }; } | web
            { colmenaHive = colmena.lib.makeHive { meta.nixpkgs = nixpkgs; defaults = { }; a = { }; b = { }; }; }                                     | a b
            { packages.x86_64-linux = rec { machine = nixpkgs.lib.nixosSystem { modules = [ ]; }; vm = machine.config.system.build.vm; text = "x"; }; } | machine vm
            { packages.x86_64-linux.image = nixos-generators.nixosGenerate { system = "x86_64-linux"; modules = [ ]; format = "qcow"; }; }            | image
            { checks = nixpkgs.lib.genAttrs (import systems) (system: { one = nixpkgs.legacyPackages.x86_64-linux.testers.runNixOSTest { name = "one"; nodes.one = { }; testScript = ""; }; }); } | one
            flake-parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" "aarch64-darwin" ]; flake.nixosConfigurations.web = nixpkgs.lib.nixosSystem { modules = [ ]; }; } | web
            flake-parts.lib.mkFlake { inherit inputs; } { imports = [ ]; systems = import systems; perSystem = { config, pkgs, ... }: { packages.test = pkgs.testers.runNixOSTest { name = "t"; nodes.one = { }; testScript = ""; }; checks = config.packages; }; } | one
            """)
    void flakesAreReadWithoutTheirUsualInputs(String outputs, String machines) throws IOException {
        var flake = Files.createDirectory(home.resolve("flake"));
        Files.writeString(flake.resolve("flake.nix"), """
                {
                  inputs = {
                    colmena.url = "github:zhaofengli/colmena";
                    disko.url = "github:nix-community/disko/latest";
                    flake-parts.url = "github:hercules-ci/flake-parts";
                    home-manager.url = "git+https://github.com/nix-community/home-manager?ref=master";
                    nixos-generators.url = "github:nix-community/nixos-generators";
                    nixpkgs.url = "https://flakehub.com/f/NixOS/nixpkgs/0.1.tar.gz";
                    systems.url = "github:nix-systems/default";
                  };
                  outputs = inputs@{ self, colmena, disko, flake-parts, home-manager, nixos-generators, nixpkgs, systems, ... }: %s;
                }
                """.formatted(outputs));
        var file = Files.createDirectory(home.resolve("network")).resolve("flake.nix");
        Flake.at(flake).write(AttributePath.parse("nixosConfigurations"), file);

        assertThat(machines(evaluate(file))).isEqualTo(machines);
    }

    private static String machines(Evaluation evaluation) {
        return String.join(
                " ", evaluation.network().machines().stream().map(Machine::name).toList());
    }

    private Evaluation evaluate(String text) {
        return new WrittenNetworks(home).evaluate(text);
    }

    private Evaluation evaluate(Path file) {
        return new WrittenNetworks(home).evaluate(file);
    }
}

package org.nixlab.nix.debian;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.model.Machine;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.complaint.NixException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What networks say that were written for NixOps, and for NixOS as it was then. */
@Timeout(60)
class OlderNetworksIT {
    @TempDir
    Path home;

    @Test
    void aUserMayBeOfNoKind() throws IOException {
        var evaluation = evaluate("""
                {
                  network.description = "older";
                  web.users.extraUsers.harry = { };
                }
                """);

        assertThat(evaluation.notes())
                .contains(
                        "web: user `harry` is neither a normal nor a system user, which NixOS has refused since 21.05");
        assertThat(evaluate("{ web = { system.stateVersion = \"20.09\"; users.users.harry = { }; }; }")
                        .notes())
                .hasSize(2);
        assertThatThrownBy(() -> evaluate("{ web.users.users.harry = { }; }"))
                .isInstanceOf(NixException.class)
                .hasMessageContaining("user `harry` must be either a normal or a system user");
    }

    @Test
    void listsAreSetsWhoseElementsSayTheirNames() throws IOException {
        var web = web("""
                {
                  web = { config, ... }: {
                    users.extraUsers = [ { name = "harry"; isNormalUser = true; } { name = "sally"; isNormalUser = true; } ];
                    fileSystems = [ { mountPoint = "/srv"; device = "tmpfs"; fsType = "tmpfs"; } ];
                    networking.interfaces = [ { name = "eth1"; ipv4.addresses = [ { address = "10.0.0.7"; prefixLength = 24; } ]; } ];
                    environment.etc = [ { target = "names"; text = toString (builtins.attrNames config.users.users); } ];
                  };
                }
                """);

        assertThat(WrittenNetworks.text(web, "/etc/names")).isEqualTo("harry root sally");
        assertThat(WrittenNetworks.text(web, "/etc/fstab")).startsWith("tmpfs /srv tmpfs");
    }

    @Test
    void addressesHaveTheirOlderNames() throws IOException {
        var web = web("""
                {
                  web = { config, ... }: {
                    networking.interfaces = {
                      eth2 = { ip4 = [ { address = "10.0.0.7"; prefixLength = 16; } ]; ip6 = [ { address = "fd00::7"; prefixLength = 64; } ]; };
                      br0 = { ipAddress = "10.9.0.1"; prefixLength = 20; };
                    };
                    environment.etc.known.text = builtins.toJSON (map (name: config.networking.interfaces.${name}.ipv4.addresses) [ "eth2" "br0" ]);
                  };
                }
                """);

        assertThat(WrittenNetworks.text(web, "/etc/known"))
                .isEqualTo(
                        "[[{\"address\":\"10.0.0.7\",\"prefixLength\":16}],[{\"address\":\"10.9.0.1\",\"prefixLength\":20}]]");
    }

    @Test
    void theNameOfAHostMayHaveItsDomain() throws IOException {
        var identity = web("{ network = { }; web.networking.hostName = \"shop.example.net\"; }")
                .identity();

        assertThat(identity.hostName()).isEqualTo("shop");
        assertThat(identity.fqdn()).isEqualTo("shop.example.net");
        assertThatThrownBy(() -> evaluate("{ web.networking.hostName = \"shop.example.net\"; }"))
                .isInstanceOf(NixException.class)
                .hasMessageContaining("`networking.hostName` wants letters");
    }

    @Test
    void packagesAreOverriddenInTheConfigurationOfNixpkgs() throws IOException {
        var web = web("""
                let packageOverrides = pkgs: { browser = pkgs.lynx; }; in
                {
                  web = { pkgs, ... }: {
                    nixpkgs.config = { inherit packageOverrides; allowUnfree = true; };
                    environment.etc.browsers.text = "${pkgs.browser.pname} ${(import <nixpkgs> { config = { inherit packageOverrides; }; }).browser.pname}";
                  };
                }
                """);

        assertThat(WrittenNetworks.text(web, "/etc/browsers")).isEqualTo("lynx lynx");
    }

    @Test
    void disksThatNixopsMakesAreMountedAsSaid() throws IOException {
        assertThat(WrittenNetworks.text(
                        web(
                                "{ web.fileSystems.\"/data\" = { device = \"/dev/sdb\"; fsType = \"ext4\"; gce.size = 5; }; }"),
                        "/etc/fstab"))
                .startsWith("/dev/sdb /data ext4");
    }

    @Test
    void importsAreAList() {
        assertThatThrownBy(() -> evaluate("{ web.imports = \"./web.nix\"; }"))
                .isInstanceOf(NixException.class)
                .hasMessage("`imports` wants a list of modules, not the string \"./web.nix\"");
    }

    @Test
    void machinesKnowWhatNixopsSaysOfThem() throws IOException {
        var web = web("""
                {
                  network.description = "older";
                  resources.volumes.disk = { config, lib, resources, ... }: { size = lib.min 4 5; label = "${config.deployment.name}-${config.name}"; };
                  db.deployment.keys.token.text = "secret";
                  web = { nodes, resources, ... }: {
                    environment.etc.known.text = toString [
                      nodes.db.config.networking.privateIPv4 nodes.db.config.networking.publicIPv4
                      nodes.db.config.deployment.keys.token.path nodes.db.config.deployment.name
                      resources.volumes.disk.size resources.volumes.disk.name resources.volumes.disk.label
                    ];
                  };
                }
                """);

        assertThat(WrittenNetworks.text(web, "/etc/known"))
                .isEqualTo("192.168.1.1 192.168.1.1 /run/keys/token lab 4 disk lab-disk");
    }

    @Test
    void argumentsThatSayWhereMachinesAreMadeAreNotNeeded() throws IOException {
        assertThat(evaluate("{ region, size }: { web.deployment.ec2 = { inherit region size; }; }")
                        .network()
                        .machines())
                .hasSize(1);
        assertThatThrownBy(
                        () -> evaluate(
                                "{ region, domain }: { web = { deployment.ec2.region = region; networking = { inherit domain; }; }; }"))
                .isInstanceOf(NixException.class)
                .hasMessage("the network file wants the arguments `domain`, `region`, which nobody supplies");
    }

    @Test
    void whatSwapsToAFileDoesWithout() throws IOException {
        assertThat(evaluate("{ web.swapDevices = [ { device = \"/var/swap\"; size = 1024; } ]; }")
                        .notes())
                .containsExactly("web: the swap space /var/swap is a file, which Debian guests do without");
    }

    @Test
    void aKeyThatIsNotThereLetsNobodyIn() throws IOException {
        assertThat(evaluate("{ web.users.users.root.openssh.authorizedKeys.keyFiles = [ /nowhere/key.pub ]; }")
                        .notes())
                .containsExactly("web: the key /nowhere/key.pub of user `root` is not there");
    }

    @Test
    void whatPackagesThereAreDoesNotDependOnTheOptionsMadeWithThem() throws IOException {
        assertThat(evaluate(
                                "{ web = { pkgs, ... }: { options.shop = pkgs.lib.mkOption { default = pkgs.lynx.name; }; }; }")
                        .network()
                        .machines())
                .hasSize(1);
    }

    private Machine web(String text) throws IOException {
        return evaluate(text).network().machines().stream()
                .filter(machine -> machine.name().equals("web"))
                .findFirst()
                .orElseThrow();
    }

    private Evaluation evaluate(String text) {
        return new WrittenNetworks(home).evaluate(text);
    }
}

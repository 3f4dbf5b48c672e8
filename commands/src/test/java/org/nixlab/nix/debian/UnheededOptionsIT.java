package org.nixlab.nix.debian;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Options and modules of NixOS that mean nothing in Debian guests: they are accepted, and nixlab says so once. */
@Timeout(60)
class UnheededOptionsIT {
    @TempDir
    Path home;

    @Test
    void oneLineNamesThoseOfAllMachines() throws IOException {
        assertThat(notes("""
                {
                  defaults = { system.stateVersion = "24.11"; documentation.nixos.enable = false; };
                  db = { };
                  web = { nix.settings.sandbox = true; virtualisation = { useBootLoader = true; useEFIBoot = true; }; };
                }
                """))
                .containsExactly("without effect in Debian guests: documentation.nixos, nix.settings,"
                        + " system.stateVersion, virtualisation.useBootLoader, virtualisation.useEFIBoot");
    }

    @Test
    void manyAreCounted() throws IOException {
        assertThat(notes("""
                { web.nix = { a = 1; b = 1; c = 1; d = 1; e = 1; f = 1; g = 1; h = 1; i = 1; j = 1; }; }
                """))
                .containsExactly("without effect in Debian guests: nix.a, nix.b, nix.c, nix.d, nix.e, nix.f, nix.g,"
                        + " nix.h and 2 more");
    }

    @Test
    void whatIsNotSetIsNotSaid() throws IOException {
        assertThat(notes("{ web = { lib, ... }: { nix.settings = lib.mkIf false { sandbox = true; }; }; }"))
                .isEmpty();
    }

    @Test
    void modulesOfHardwareAndImagesAreAccepted() throws IOException {
        assertThat(notes("""
                {
                  web = { modulesPath, ... }: {
                    imports = [ (modulesPath + "/virtualisation/amazon-image.nix") <nixpkgs/nixos/modules/hardware/all-firmware.nix> ];
                    ec2.hvm = true;
                  };
                }
                """)).containsExactly("without effect in Debian guests: ec2.hvm");
    }

    @Test
    void partsOfADesktopAreSetAndAskedForWithoutEffect() throws IOException {
        assertThat(notes("""
                {
                  desk = { config, lib, pkgs, ... }: {
                    hardware.cpu.intel.updateMicrocode = lib.mkDefault config.hardware.enableRedistributableFirmware;
                    services.xserver = { enable = true; desktopManager.gnome.enable = lib.mkForce true; };
                    services.pipewire.enable = config.services.xserver.enable;
                    networking.networkmanager = { enable = true; wifi.backend = "iwd"; };
                    programs.steam.package = pkgs.steam-from-elsewhere;
                    nix.settings.sandbox = lib.mkIf config.services.printing.enable false;
                  };
                }
                """))
                .containsExactly("without effect in Debian guests: hardware, networking.networkmanager, nix.settings,"
                        + " programs.steam, services.pipewire, services.xserver");
    }

    @Test
    void moreOptionsMayBeDeclaredBelowThem() throws IOException {
        assertThat(notes("""
                {
                  web = { config, lib, ... }: {
                    options.nix.mirror = lib.mkOption { type = lib.types.str; default = "none"; };
                    options.deployment.rack = lib.mkOption { type = lib.types.int; };
                    config = {
                      nix.settings.substituters = [ config.nix.mirror ];
                      deployment = { rack = 4; tags = [ "rack${toString config.deployment.rack}" ]; };
                    };
                  };
                }
                """)).isEmpty();
    }

    @Test
    void theFileOfAMachinesHardwareNeedNotBeThere() throws IOException {
        assertThat(
                        notes(
                                "{ web.imports = [ ./hardware-configuration.nix ]; db.imports = [ ./hardware-configuration.nix ]; }"))
                .containsExactly(
                        home + "/hardware-configuration.nix is not there; Debian guests have hardware of their own");
    }

    @Test
    void theSystemOfOtherHardwareIsNoWish() throws IOException {
        assertThat(notes("{ pi = { lib, ... }: { nixpkgs.hostPlatform = lib.mkDefault \"aarch64-linux\"; }; }"))
                .containsExactly("pi: the machine is x86_64-linux here, not aarch64-linux");
    }

    @Test
    void variablesOfSessionsGiveWay() throws IOException {
        assertThat(notes("{ web.environment.variables.EDITOR = \"vim\"; }")).isEmpty();
    }

    @Test
    void programsThatDebianDoesNotHaveAreLeftOutOfLists() throws IOException {
        assertThat(notes("""
                {
                  desk = { pkgs, ... }: {
                    environment.systemPackages = with pkgs; [ veracrypt lynx terraform ];
                    users.users.bob = { isNormalUser = true; packages = [ pkgs.terraform ]; };
                  };
                }
                """)).containsExactly("not in Debian, and left out: terraform, veracrypt");
        assertThatThrownBy(
                        () -> notes(
                                "{ web = { pkgs, ... }: { systemd.services.cluster.script = \"${pkgs.k3s}/bin/k3s server\"; }; }"))
                .hasMessage("Debian does not have `pkgs.k3s`");
    }

    private List<String> notes(String text) {
        return new WrittenNetworks(home).evaluate(text).notes();
    }
}

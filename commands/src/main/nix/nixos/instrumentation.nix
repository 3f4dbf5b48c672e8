# What nixlab adds to every NixOS machine, beside what the user wrote: its channels, and what makes files of one release
# evaluate on others.
{ guest, hostSystem, setsSystem }:

{ config, lib, options, pkgs, ... }:

let
  programs = import ./programs.nix { inherit pkgs guest; };
  # Applies only where an option has no default at all.
  fallback = lib.mkOverride 1600;
  # nixlab's own: 15.09 does not have it yet.
  has = path: (import ../lib).hasAttrByPath path options;
  # Accounts of the system need a group of their own since 21.11.
  hasGroups = lib.versionAtLeast (lib.trivial.release or "15.09") "21.11";
  choosesPlatform = options.nixpkgs ? hostPlatform && options.nixpkgs.hostPlatform.isDefined;
in
{
  _file = "nixlab's instrumentation";
  key = "nixlab-instrumentation";

  options.deployment = lib.mkOption {
    type = lib.types.attrs;
    default = { };
    description = "How the machine is called and grouped from outside: hostname, targetHost, tags.";
  };

  config = lib.mkMerge [
    {
      systemd.packages = [ programs ];
      services.udev.packages = [ programs ];
      system.build.nixlabGuest = programs;
    }
    # What nixlab's own ssh server needs, which runs also where the machine has none.
    (lib.mkIf (!config.services.openssh.enable) {
      users.users.sshd = {
        isSystemUser = true;
        description = "SSH privilege separation user";
      } // lib.optionalAttrs hasGroups { group = "sshd"; };
      users.groups.sshd = { };
      security.pam.services.sshd = { };
    })
    (lib.optionalAttrs setsSystem {
      nixpkgs.system = lib.mkIf (!choosesPlatform && !options.nixpkgs.pkgs.isDefined) (lib.mkDefault hostSystem);
    })
    # QEMU, which the agent is a part of, is no longer built for 32 bits; nixlab has channels of its own.
    (lib.optionalAttrs (has [ "virtualisation" "qemu" "guestAgent" "enable" ]) {
      virtualisation.qemu.guestAgent.enable = lib.mkIf (pkgs.stdenv.hostPlatform.is32bit or false) (lib.mkOverride 900 false);
    })
    # `reload` switches a machine that runs to its new configuration.
    (lib.optionalAttrs (has [ "system" "switch" "enable" ]) { system.switch.enable = lib.mkOverride 900 true; })
    (lib.optionalAttrs (has [ "services" "httpd" "adminAddr" ]) {
      services.httpd.adminAddr = fallback "root@localhost";
    })
  ];
}
// lib.optionalAttrs setsSystem { disabledModules = [ { key = "nodes.nix-pkgs"; } ]; }

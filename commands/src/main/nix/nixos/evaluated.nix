# Machines that a flake has evaluated already (`nixosConfigurations`), as machines of a network: each becomes a virtual
# machine as `virtualisation.vmVariant` makes one, with the addresses and names that the test framework gives.
{ lib, file, common }:

systems:

let
  names = builtins.attrNames systems;
  numbers = lib.listToAttrs (lib.imap1 (value: name: { inherit name value; }) names);

  network = name: nodes: path: { config, lib, options, pkgs, ... }:
    let
      common = import (path + "/nixos/lib/qemu-common.nix");
      qemu = common (builtins.intersectAttrs (builtins.functionArgs common) { inherit lib pkgs; inherit (pkgs) stdenv; });
      v = config.virtualisation;
      has = path: lib.hasAttrByPath path options;
      cards = lib.imap1 (number: vlan: { inherit vlan; name = "eth${toString number}"; assignIP = true; }) v.vlans
        ++ lib.mapAttrsToList (name: card: { inherit name; inherit (card) vlan assignIP; }) (v.interfaces or { });
      number = toString numbers.${name};
      numbered = lib.filter (card: card.assignIP) cards;
      first = lib.head numbered;
      ipv4 = card: "192.168.${toString card.vlan}.${number}";
      ipv6 = card: "2001:db8:${toString card.vlan}::${number}";
      plugged = lib.imap1 (at: card: card // { options = qemu.qemuNICFlags at card.vlan numbers.${name}; }) cards;
      rule = card:
        let mac = lib.last (builtins.match ".*mac=([0-9A-Fa-f:]+).*" (toString card.options));
        in ''
          SUBSYSTEM=="net", ACTION=="add", ATTR{address}=="${lib.toLower mac}", NAME="${card.name}"
        '';
      hosts = other:
        let
          net = other.networking;
          known = lib.optionalString (net.domain != null) "${net.hostName}.${net.domain} " + net.hostName;
        in
        lib.concatMapStrings (address: lib.optionalString (address != "") "${address} ${known}\n")
          [ net.primaryIPAddress net.primaryIPv6Address ];
    in
    {
      _file = "nixlab's network";
      key = "nixlab-network";
      config = lib.mkMerge [
        {
          networking = {
            hostName = lib.mkDefault name;
            interfaces = lib.listToAttrs (map
              (card: lib.nameValuePair card.name {
                ipv4.addresses = [{ address = ipv4 card; prefixLength = 24; }];
                ipv6.addresses = [{ address = ipv6 card; prefixLength = 64; }];
              })
              numbered);
            primaryIPAddress = lib.optionalString (numbered != [ ]) (ipv4 first);
            primaryIPv6Address = lib.optionalString (numbered != [ ]) (ipv6 first);
            extraHosts = lib.concatMapStrings hosts (lib.attrValues nodes);
          };
          virtualisation.qemu.options = lib.concatMap (card: card.options) plugged;
        }
        (lib.optionalAttrs (has [ "boot" "initrd" "services" ]) {
          boot.initrd.services.udev.rules = lib.concatMapStrings rule plugged;
        })
        (lib.optionalAttrs (has [ "documentation" "nixos" ]) { documentation.nixos.enable = lib.mkDefault false; })
      ];
    };

  nodes = builtins.mapAttrs
    (name: system:
      let path = toString system.pkgs.path;
      in
      (system.extendModules {
        modules = common ++ [
          (path + "/nixos/modules/virtualisation/qemu-vm.nix")
          (path + "/nixos/modules/testing/test-instrumentation.nix")
        ] ++ lib.filter builtins.pathExists [
          (path + "/nixos/modules/virtualisation/guest-networking-options.nix")
        ] ++ [
          (network name nodes path)
        ];
      }).config)
    systems;
in
nodes

# Machines that a flake has evaluated already (`nixosConfigurations`), as machines of a network: each becomes a virtual
# machine as `virtualisation.vmVariant` makes one, with the addresses and names that the test framework gives.
{ lib, file, common }:

systems:

let
  names = builtins.attrNames systems;
  numbers = lib.listToAttrs (lib.imap1 (value: name: { inherit name value; }) names);

  network = name: nodes: path: { config, lib, pkgs, ... }:
    let
      common = import (path + "/nixos/lib/qemu-common.nix");
      qemu = common (builtins.intersectAttrs (builtins.functionArgs common) { inherit lib pkgs; inherit (pkgs) stdenv; });
      v = config.virtualisation;
      cards = lib.imap1 (number: vlan: { inherit vlan; name = "eth${toString number}"; assignIP = true; }) v.vlans
        ++ lib.mapAttrsToList (name: card: { inherit name; inherit (card) vlan assignIP; }) (v.interfaces or { });
      number = toString numbers.${name};
      numbered = lib.filter (card: card.assignIP) cards;
      first = lib.head numbered;
      ipv4 = card: "192.168.${toString card.vlan}.${number}";
      ipv6 = card: "2001:db8:${toString card.vlan}::${number}";
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
      config = {
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
        virtualisation.qemu.options = lib.concatLists
          (lib.imap1 (at: card: qemu.qemuNICFlags at card.vlan numbers.${name}) cards);
      };
    };

  nodes = builtins.mapAttrs
    (name: system:
      let path = toString system.pkgs.path;
      in
      (system.extendModules {
        modules = common ++ [
          (path + "/nixos/modules/virtualisation/qemu-vm.nix")
          (path + "/nixos/modules/testing/test-instrumentation.nix")
          (network name nodes path)
        ];
      }).config)
    systems;
in
nodes

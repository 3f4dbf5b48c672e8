# From what a network file says to its evaluated machines.
#
# readModule: gives what the file of a module holds, as `evalModules` asks for it.
{ lib, file, hostSystem, pkgsFor, readModule }:

# readWith: gives the modules of the machines, and the test in the file, of the machines evaluated.
readWith:

let
  utils = import ./utils.nix { inherit lib; };
  read = { isOfOlderTools = false; } // readWith nodes;
  names = builtins.attrNames read.modules;

  hex = n: lib.toLower (lib.fixedWidthString 2 "0" (lib.toHexString n));

  machine = index: name:
    let
      evaluated = lib.evalModules {
        inherit file;
        read = readModule;
        specialArgs = read.specialArgs // read.ownArgs.${name} or { } // {
          inherit lib name nodes hostSystem utils;
          modulesPath = toString ./nixpkgs/nixos/modules;
          # Which packages there are is known before anything that is made with them.
          pkgs = pkgsFor nixpkgs.system (nixpkgs.overlays ++ lib.optional nixpkgs.overridesPackages (_: nixpkgs.config.packageOverrides));
          machine = { inherit index name interfaces; };
          network = { inherit known; inherit (read) isOfOlderTools; };
        };
        modules = import ./modules/list.nix ++ read.modules.${name};
      };
      inherit (evaluated.unchecked) nixpkgs;
      # Without the check for unknown options, which needs all definitions at once.
      config = evaluated.config;
      cards = map (vlan: { inherit vlan; name = null; }) config.virtualisation.vlans
        ++ map (i: { inherit (i) name vlan; }) (lib.attrValues config.virtualisation.interfaces);
      numbered = lib.imap1 (i: card: card // { number = i; name = if card.name == null then "eth${toString i}" else card.name; }) cards;
      # Cards on one network differ in the fourth byte: NixOS would give them one address.
      interfaces = map
        (card:
          let before = lib.count (c: c.vlan == card.vlan && c.number < card.number) numbered;
          in {
            inherit (card) name vlan;
            mac = "52:54:00:${hex (18 + before)}:${hex card.vlan}:${hex index}";
          })
        numbered;
    in
    {
      inherit index name interfaces;
      inherit (evaluated) config options unheeded;
    };

  machines = lib.listToAttrs (lib.imap1 (index: name: { inherit name; value = machine index name; }) names);
  nodes = builtins.mapAttrs (_: m: m.config // { inherit (m) config options; }) machines;

  # What every machine knows of every other.
  known = lib.mapAttrsToList
    (name: m:
      let net = m.config.networking;
      in {
        names = lib.unique (lib.filter (n: n != null && n != "")
          ([ net.hostName (if net.domain != null then "${net.hostName}.${net.domain}" else null) ]
            ++ [ m.config.deployment.hostname m.config.deployment.targetHost ]));
        reachable = lib.concatMap
          (card:
            let
              # A card of a bridge is reached under the bridge's addresses.
              names = [ card.name ] ++ lib.filter (b: lib.elem card.name net.bridges.${b}.interfaces) (lib.attrNames net.bridges);
              found = map (n: net.interfaces.${n}) (lib.filter (n: net.interfaces ? ${n}) names);
              all = lib.concatMap (i: i.ipv4.addresses ++ lib.optionals net.enableIPv6 i.ipv6.addresses) found;
              number = ":?[.:]${toString card.vlan}[.:]:?${toString m.index}";
              # Addresses somebody chose come before those given by number.
              sorted = builtins.partition (a: builtins.match "(192.168|2001:db8)${number}" a.address == null) all;
            in
            map (a: { inherit (card) vlan; inherit (a) address; }) (sorted.right ++ sorted.wrong))
          m.interfaces;
      })
    machines;
in
{
  # file: what is said where nothing more is known.
  inherit (read) description places;
  inherit file machines;
  # What the file says of a script that runs on its machines; null where there is none.
  test = read.test or null;
}

# From the content of a network file to its evaluated machines.
{ lib, file, hostSystem, pkgsFor }:

content:

let
  inherit (lib) fail placeOf showKind;

  # Keys with a meaning of their own, as NixOps has them.
  reserved = [ "network" "defaults" "require" "resources" "_file" ];

  arguments = { inherit lib; pkgs = pkgsFor hostSystem [ ]; config = { }; };
  called = if builtins.isFunction content then content arguments else content;
  outer =
    if builtins.isAttrs called then called
    else fail {
      message = "a network file must hold a set of machines, not ${showKind called}";
      place = file;
      hint = "write { NAME = { pkgs, ... }: { ... }; }";
    };
  # Networks can be put together from several files.
  required = map
    (part: let value = if builtins.isPath part || builtins.isString part then import part else part; in
      if builtins.isFunction value then value arguments else value)
    (lib.toList (outer.require or [ ]));
  parts = required ++ [ outer ];
  definitions = lib.zipAttrsWith (_: values: values) parts;
  machinesOf = removeAttrs definitions reserved;
  names = builtins.attrNames machinesOf;
  place = name: placeOf { inherit file; at = { inherit name; attrs = lib.findFirst (p: p ? ${name}) outer parts; }; };

  checkedName = name:
    if builtins.match "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?" name != null then name
    else fail {
      message = "machine name \"${name}\" cannot be a host name";
      place = place name;
      hint = "use letters, digits and hyphens, with a letter or digit at both ends, and at most 63 of them";
    };
  checkedModule = name: module:
    if builtins.isFunction module || builtins.isPath module || builtins.isAttrs module && !(lib.isDerivation module) then module
    else fail {
      message = "machine `${name}` must be a configuration (a function or a set), not ${showKind module}";
      place = place name;
      hint = "write ${name} = { pkgs, ... }: { ... };";
    };

  hex = n: lib.toLower (lib.fixedWidthString 2 "0" (lib.toHexString n));

  machine = index: name:
    let
      evaluated = lib.evalModules {
        inherit file;
        specialArgs = {
          inherit lib name nodes hostSystem;
          modulesPath = toString ./modules;
          pkgs = pkgsFor evaluated.config.nixpkgs.system evaluated.config.nixpkgs.overlays;
          machine = { inherit index name interfaces; };
          network = { inherit known; };
        };
        modules = import ./modules/list.nix ++ definitions.defaults or [ ] ++ map (checkedModule name) machinesOf.${name};
      };
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
      inherit (evaluated) config options;
    };

  machines = lib.listToAttrs (lib.imap1 (index: name: { name = checkedName name; value = machine index name; }) names);
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
  description =
    let description = (outer.network or { }).description or null;
    in if description == null || builtins.isString description then description
    else fail { message = "`network.description` wants a string, not ${showKind description}"; place = place "network"; };
  machines =
    if names == [ ] then fail { message = "the network has no machines"; place = file; hint = "write { NAME = { pkgs, ... }: { ... }; }"; }
    else if lib.length names > 254 then fail { message = "the network has ${toString (lib.length names)} machines; 254 fit"; place = file; }
    else machines;
}

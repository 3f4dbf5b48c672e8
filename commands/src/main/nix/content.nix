# From the content of a network file to the modules of its machines.
#
# read: gives what a path holds; settle: the content that a function, if it is one, stands for.
{ lib, file, read, settle }:

content:

let
  inherit (lib) fail placeOf showKind;

  # Keys with a meaning of their own, as NixOps has them.
  reserved = [ "network" "defaults" "require" "resources" "_file" ];

  outer =
    if builtins.isAttrs content then content
    else fail {
      message = "a network file must hold a set of machines, not ${showKind content}";
      place = file;
      hint = "write { NAME = { pkgs, ... }: { ... }; }";
    };
  # Networks can be put together from several files.
  required = map
    (part: settle (if builtins.isPath part || builtins.isString part then read part else part))
    (lib.toList (outer.require or [ ]));
  parts = required ++ [ outer ];
  definitions = lib.zipAttrsWith (_: values: values) parts;
  machinesOf = removeAttrs definitions reserved;
  names = builtins.attrNames machinesOf;
  place = name: placeOf { inherit file; at = { inherit name; attrs = lib.findFirst (p: p ? ${name}) outer parts; }; };

  checkedModule = name: module:
    if builtins.isFunction module || builtins.isPath module || builtins.isAttrs module && !(lib.isDerivation module) then module
    else fail {
      message = "machine `${name}` must be a configuration (a function or a set), not ${showKind module}";
      place = place name;
      hint = "write ${name} = { pkgs, ... }: { ... };";
    };
  modules = lib.genAttrs names (name: definitions.defaults or [ ] ++ map (checkedModule name) machinesOf.${name});
in
{
  description =
    let description = (outer.network or { }).description or null;
    in if description == null || builtins.isString description then description
    else fail { message = "`network.description` wants a string, not ${showKind description}"; place = place "network"; };
}
// import ./machine-list.nix { inherit lib file; } {
  inherit modules;
  places = lib.genAttrs names place;
}

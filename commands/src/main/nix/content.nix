# From the content of a network file to the modules of its machines.
#
# arguments: what a function in the place of a set is called with.
{ lib, file, arguments }:

content:

let
  inherit (lib) fail placeOf showKind;

  # Keys with a meaning of their own, as NixOps has them.
  reserved = [ "network" "defaults" "require" "resources" "_file" ];

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
  modules = lib.listToAttrs (map
    (name: {
      name = checkedName name;
      value = definitions.defaults or [ ] ++ map (checkedModule name) machinesOf.${name};
    })
    names);
in
{
  description =
    let description = (outer.network or { }).description or null;
    in if description == null || builtins.isString description then description
    else fail { message = "`network.description` wants a string, not ${showKind description}"; place = place "network"; };
  # By name, where the file speaks of each machine.
  places = lib.genAttrs names place;
  # By name, the list of modules each machine is made of.
  modules =
    if names == [ ] then fail { message = "the network has no machines"; place = file; hint = "write { NAME = { pkgs, ... }: { ... }; }"; }
    else if lib.length names > 254 then fail { message = "the network has ${toString (lib.length names)} machines; 254 fit"; place = file; }
    else modules;
}

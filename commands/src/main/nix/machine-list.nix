# What any network must be, whatever form its file has.
{ lib, file }:

# By name, the modules of each machine and where the file speaks of it.
{ modules, places }:

let
  inherit (lib) fail;
  names = lib.attrNames modules;
  checkedName = name:
    if builtins.match "[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?" name != null then name
    else fail {
      message = "machine name \"${name}\" cannot be a host name";
      place = places.${name};
      hint = "use letters, digits, hyphens and underscores, with a letter or digit at both ends, and at most 63 of them";
    };
in
{
  inherit places;
  modules =
    if names == [ ] then fail { message = "the network has no machines"; place = file; hint = "write { NAME = { pkgs, ... }: { ... }; }"; }
    else if lib.length names > 254 then fail { message = "the network has ${toString (lib.length names)} machines; 254 fit"; place = file; }
    else lib.listToAttrs (map (name: { name = checkedName name; value = modules.${name}; }) names);
}

# What any network must be, whatever form its file has.
{ lib, file }:

# By name, the modules of each machine and where the file speaks of it.
{ modules, places }:

let
  inherit (lib) fail;
  names = lib.attrNames modules;
  label = "[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?";
  checkedName = name:
    if builtins.match "${label}([.]${label})*" name != null && builtins.stringLength name <= 63 then name
    else fail {
      message = "machine name \"${name}\" cannot be a host name";
      place = places.${name};
      hint = "use letters, digits, hyphens, underscores, and dots before a domain, with a letter or digit at both ends of each part, and at most 63 of all";
    };
  # What stands behind the first dot is the domain.
  named = name:
    let parts = lib.splitString "." name;
    in lib.optional (lib.length parts > 1) {
      networking.hostName = lib.mkOverride 900 (lib.head parts);
      networking.domain = lib.mkDefault (lib.concatStringsSep "." (lib.tail parts));
    };
in
{
  inherit places;
  modules =
    if names == [ ] then fail { message = "the network has no machines"; place = file; hint = "write { NAME = { pkgs, ... }: { ... }; }"; }
    else if lib.length names > 254 then fail { message = "the network has ${toString (lib.length names)} machines; 254 fit"; place = file; }
    else lib.listToAttrs (map (name: { name = checkedName name; value = named name ++ modules.${name}; }) names);
}

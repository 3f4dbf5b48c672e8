# The output of a flake that is meant: { way, found }.
#
# name, place: the flake's, for messages. attribute: the names that the user gave.
{ lib, hostSystem, flake, name, place, attribute }:

let
  inherit (lib) fail;
  said = lib.concatStringsSep "." attribute;
  places = map (place: place ++ attribute)
    [ [ ] [ "packages" hostSystem ] [ "legacyPackages" hostSystem ] [ "nixosConfigurations" ] [ "checks" hostSystem ] ]
    # Whoever names nothing means what there is.
    ++ lib.optionals (attribute == [ "nixosConfigurations" ]) [ [ "colmena" ] [ "nixopsConfigurations" "default" ] [ "checks" hostSystem ] ];
  way = lib.findFirst (place: lib.hasAttrByPath place flake) null places;
in
if way == null then
  fail {
    message = "the flake ${name} has no output `${said}`";
    inherit place;
    hint = "it has ${lib.concatStringsSep ", " (builtins.attrNames flake.outputs)}";
  }
else { inherit way; found = lib.attrByPath way null flake; }

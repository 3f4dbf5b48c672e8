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
    ++ lib.optionals isWhole [ [ "colmena" ] [ "colmenaHive" ] [ "nixopsConfigurations" "default" ] [ "checks" hostSystem ] [ "packages" hostSystem ] ];
  isWhole = attribute == [ "nixosConfigurations" ];
  way = lib.findFirst (place: lib.hasAttrByPath place flake && (!(isPackages place) || systems != { })) null places;

  # Virtual machines are packages, too, and the systems they are made of say so.
  isPackages = place: isWhole && place == [ "packages" hostSystem ];
  isSystem = value: builtins.isAttrs value && value ? nixlabSystem;
  systems = lib.filterAttrs
    (_: value: let tried = builtins.tryEval (isSystem value); in tried.success && tried.value)
    flake.packages.${hostSystem};
in
if way == null then
  fail {
    message = "the flake ${name} has no output `${said}`";
    inherit place;
    hint = "it has ${lib.concatStringsSep ", " (builtins.attrNames flake.outputs)}";
  }
else { inherit way; found = if isPackages way then systems else lib.attrByPath way null flake; }

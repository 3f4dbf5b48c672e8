# What stands at a path of a NixOS machine's configuration, as `shown.nix` tells it.
#
# nixpkgs, networkFile, guest, hostSystem, attribute, userArguments, interactive: as for `evaluate.nix`.
# machine: its name. path: a JSON list of names. below: how many sets deep.
{ nixpkgs, networkFile, guest, hostSystem, attribute ? "[]", userArguments ? { }, interactive ? true, machine, path, below }:

let
  lib = import ../lib;
  evaluated = import ./machines.nix { inherit lib nixpkgs networkFile guest hostSystem attribute userArguments interactive; };
in
(import ../shown.nix { inherit lib; }).valueAt {
  inherit machine;
  config = evaluated.nodes.${machine};
  path = builtins.fromJSON path;
  below = builtins.fromJSON below;
}

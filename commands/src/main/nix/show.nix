# What stands at a path of a machine's configuration, as `shown.nix` tells it.
#
# networkFile, packageIndex, hostSystem, attribute, userArguments, interactive: as for `evaluate.nix`.
# machine: its name. path: a JSON list of names. below: how many sets deep.
{ networkFile, packageIndex, hostSystem, attribute ? "[]", userArguments ? { }, interactive ? true, machine, path, below }:

let
  lib = import ./lib;
  network = import ./machines.nix { inherit lib networkFile packageIndex hostSystem attribute userArguments interactive; };
in
(import ./shown.nix { inherit lib; }).valueAt {
  inherit machine;
  inherit (network.machines.${machine}) config;
  path = builtins.fromJSON path;
  below = builtins.fromJSON below;
}

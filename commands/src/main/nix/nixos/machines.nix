# A network file as the evaluated NixOS machines of a nixpkgs tree; `evaluate.nix` explains the arguments.
{ lib, nixpkgs, networkFile, guest, hostSystem, userArguments }:

let
  file = toString networkFile;
  tree = import ./tree.nix { inherit lib nixpkgs file hostSystem; };
  content = import ./content.nix { inherit lib tree file hostSystem userArguments; };
  instrumentation = import ./instrumentation.nix { inherit guest hostSystem; inherit (tree) setsSystem; };
  common = [ instrumentation ];
in
{
  inherit (tree) release;
  inherit (content) description placeOfMachine;
  # The configuration of each, by name.
  nodes =
    if content.systems != null then import ./evaluated.nix { inherit lib file common; } content.systems
    else tree.nodes { inherit (content) machines test; inherit common; };
}

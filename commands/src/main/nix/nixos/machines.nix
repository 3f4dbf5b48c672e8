# A network file as the evaluated NixOS machines of a nixpkgs tree; `evaluate.nix` explains the arguments.
{ lib, nixpkgs, networkFile, guest, hostSystem, attribute, userArguments, interactive ? true }:

let
  file = toString networkFile;
  tree = import ./tree.nix { inherit lib nixpkgs file hostSystem; };
  content = import ./content.nix { inherit lib tree file hostSystem attribute userArguments; };
  instrumentation = import ./instrumentation.nix { inherit guest hostSystem; inherit (tree) setsSystem; };
  common = [ instrumentation ];
  evaluated =
    if content.systems != null then { nodes = import ./evaluated.nix { inherit lib file common; } content.systems; test = null; }
    else tree.evaluate { inherit (content) machines test specialArgs; inherit common interactive; };
in
{
  inherit (tree) release;
  inherit (content) description placeOfMachine;
  # nodes: the configuration of each machine, by name.
  inherit (evaluated) nodes;
  test = if evaluated.test == null then null else import ./test.nix { inherit lib file tree; } evaluated.test;
}

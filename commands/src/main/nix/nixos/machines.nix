# A network file as the evaluated NixOS machines of a nixpkgs tree; `evaluate.nix` explains the arguments.
#
# more: further modules of every machine.
{ lib, nixpkgs, networkFile, guest, hostSystem, attribute, userArguments, interactive ? true, more ? [ ] }:

let
  file = toString networkFile;
  tree = import ./tree.nix { inherit lib nixpkgs file hostSystem; };
  content = import ./content.nix { inherit lib tree file hostSystem attribute userArguments; };
  instrumentation = import ./instrumentation.nix { inherit guest hostSystem; inherit (tree) setsSystem; };
  common = [ instrumentation ] ++ more;
  evaluated =
    if content.systems != null then { nodes = import ./evaluated.nix { inherit lib file common; } content.systems; test = null; modulesOf = _: [ ]; }
    else tree.evaluate { inherit (content) machines test specialArgs; inherit common interactive; };
in
{
  inherit (tree) release;
  inherit (content) description placeOfMachine;
  # nodes: the configuration of each machine, by name.
  # modulesOf: what the file says of a machine.
  inherit (evaluated) nodes modulesOf;
  test = if evaluated.test == null then null else import ./test.nix { inherit lib file tree; } evaluated.test;
}

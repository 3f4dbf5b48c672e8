# All modules, evaluated for nobody, so that their options can be read.
let
  lib = import ./lib;
in
{
  inherit lib;
  evaluated = lib.evalModules {
    file = "nixlab";
    check = false;
    specialArgs = {
      inherit lib;
      name = "<machine>";
      nodes = { };
      utils = { };
      hostSystem = "x86_64-linux";
      modulesPath = toString ./nixpkgs/nixos/modules;
      pkgs = import ./pkgs { inherit lib; index = { }; system = "x86_64-linux"; };
      machine = { index = 1; name = "<machine>"; interfaces = [ ]; };
      network = { known = [ ]; isOfOlderTools = false; };
    };
    modules = import ./modules/list.nix;
  };
}

{ modules, system, name, index, nodes }:

let
  lib = import ../../lib;
  evaluated = lib.evalModules {
    modules = [ ../modules.nix ] ++ modules;
    specialArgs = {
      inherit lib name index nodes;
      pkgs = import ../.. { system = evaluated.config.nixpkgs.system; };
      defaultSystem = system;
    };
  };
in
{ inherit (evaluated) config options; }

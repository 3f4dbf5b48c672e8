{ modules, system, name ? "nixos", index ? 1, nodes ? { }, specialArgs ? { } }@arguments:

let
  lib = import ../../lib;
  pkgs = import ../.. { system = evaluated.config.nixpkgs.system; };
  evaluated = lib.evalModules {
    modules = [ ../modules.nix ] ++ modules;
    specialArgs = specialArgs // {
      inherit lib pkgs name index nodes;
      defaultSystem = system;
      modulesPath = toString ../modules;
    };
  };
in
{
  inherit (evaluated) config options;
  pkgs = pkgs // { path = ../..; };
  extendModules = more: import ./eval-config.nix (arguments // { modules = modules ++ more.modules; });
}

{ config, lib, ... }:

let
  any = lib.mkOption { type = lib.types.raw; };
  names = builtins.attrNames config.machines;
in
{
  options = {
    hostPkgs = any;
    name = any;
    testScript = any;
    defaults = lib.mkOption { type = lib.types.deferredModule; default = { }; };
    machines = lib.mkOption { type = lib.types.raw; default = { }; };
    nodes = lib.mkOption {
      type = lib.types.attrsOf lib.types.deferredModule;
      default = { };
      apply = nodes: (import ./build-vms-later.nix { system = config.hostPkgs.stdenv.system; })
        (builtins.mapAttrs (_: node: { imports = [ config.defaults node ]; }) nodes);
    };
  };
}

{ again, config, lib, ... }:

let
  any = lib.mkOption { type = lib.types.raw; };
  names = builtins.attrNames config.machines;
in
{
  config._module.args = { pkgs = config.hostPkgs; inherit (config) hostPkgs nodes; };

  options = {
    hostPkgs = any;
    name = any // { default = "unnamed"; };
    testScript = any;
    testScriptString = any // {
      default =
        let nodes = builtins.mapAttrs (_: node: node // { config = node; }) config.nodes;
        in if builtins.isFunction config.testScript then config.testScript { inherit nodes; } else config.testScript;
    };
    enableOCR = any // { default = false; };
    globalTimeout = any // { default = 3600; };
    extraPythonPackages = any // { default = _: [ ]; };
    defaults = lib.mkOption { type = lib.types.deferredModule; default = { }; };
    node.specialArgs = any // { default = { }; };
    interactive = lib.mkOption { type = lib.types.deferredModule; default = { }; apply = again; };
    machines = lib.mkOption { type = lib.types.raw; default = { }; };
    nodes = lib.mkOption {
      type = lib.types.attrsOf lib.types.deferredModule;
      default = { };
      apply = nodes: (import ./build-vms-later.nix { system = config.hostPkgs.stdenv.system; inherit (config.node) specialArgs; })
        (builtins.mapAttrs (_: node: { imports = [ config.defaults node ]; }) nodes);
    };
  };
}

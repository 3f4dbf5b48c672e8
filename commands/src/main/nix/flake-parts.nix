# What stands for flake-parts: outputs of a flake that modules define, those of each system apart.
#
# nixpkgs: the flake whose packages they are given.
{ lib, nixpkgs }:

let
  inherit (lib) mkOption types;
  free = types.submodule { freeformType = types.lazyAttrsOf types.unspecified; };

  options = {
    systems = mkOption { type = types.listOf types.str; default = [ ]; };
    flake = mkOption { type = free; default = { }; };
    perSystem = mkOption { type = types.deferredModule; default = { }; };
    debug = mkOption { type = types.bool; default = false; };
  };
  # The modules of others may want to be found by them.
  extras = { flakeModules.easyOverlay = { }; flakeModules.flakeModules = { }; flakeModules.modules = { }; flakeModules.partitions = { }; };
in
extras // {
  mkFlake = { inputs, self ? inputs.self, specialArgs ? { }, ... }: module:
    let
      evaluated = lib.evalModules {
        modules = [ { inherit options; } module ];
        file = "${toString self.outPath}/flake.nix";
        specialArgs = specialArgs // {
          inherit inputs self withSystem moduleWithSystem;
          flake-parts-lib = { inherit mkPerSystemOption; importApply = lib.modules.importApply; };
          getSystem = system: (ofSystem system).config;
        };
      };
      config = evaluated.config;
      # Packages of others than Debian guests are nobody's here.
      systems = lib.filter (system: nixpkgs.legacyPackages ? ${system}) config.systems;

      # The outputs of a flake for one system.
      only = system: flake: lib.mapAttrs (_: output: output.${system} or { }) (removeAttrs (flake.outputs or flake) [ "self" ]);
      ofSystem = system: lib.evalModules {
        modules = [
          { freeformType = types.lazyAttrsOf types.unspecified; _module.args.pkgs = lib.mkDefault nixpkgs.legacyPackages.${system}; }
          config.perSystem
        ];
        file = "${toString self.outPath}/flake.nix";
        specialArgs = { inherit system; self' = only system self; inputs' = lib.mapAttrs (_: only system) inputs; };
      };
      given = system:
        let evaluated = ofSystem system;
        in { inherit system; inherit (evaluated) config; inherit (evaluated._module.args) pkgs; self' = only system self; inputs' = lib.mapAttrs (_: only system) inputs; };
      withSystem = system: use: use (given system);
      moduleWithSystem = make: arguments@{ pkgs, ... }:
        { imports = [ ((make (given pkgs.system)) arguments) ]; };
      mkPerSystemOption = module: mkOption { type = types.deferredModule; apply = _: module; };

      bySystem = lib.genAttrs systems (system: (ofSystem system).config);
      names = lib.unique (lib.concatMap lib.attrNames (lib.attrValues bySystem));
    in
    lib.genAttrs names (name: lib.mapAttrs (_: outputs: outputs.${name}) (lib.filterAttrs (_: outputs: outputs ? ${name}) bySystem))
    // config.flake;
}

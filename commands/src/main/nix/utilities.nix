# What stands for flake-utils, which most flakes need for nothing but its loop over systems, where that cannot be fetched.
{ lib }:

let
  systems = [ "aarch64-linux" "i686-linux" "x86_64-linux" ];
  # Outputs of each system, with the system's name within them.
  eachSystem = systems: outputsOf: builtins.foldl'
    (all: system: all // builtins.mapAttrs (name: output: all.${name} or { } // { ${system} = output; }) (outputsOf system))
    { }
    systems;
  eachSystemPassThrough = systems: outputsOf: lib.mergeAttrsList (map outputsOf systems);
in
{
  _type = "flake";
  outPath = throw "nixlab: flake-utils is nixlab's own here, and has no files";
  lib = {
    inherit eachSystem eachSystemPassThrough;
    eachDefaultSystem = eachSystem systems;
    eachDefaultSystemPassThrough = eachSystemPassThrough systems;
    defaultSystems = systems;
    allSystems = systems;
    system = lib.genAttrs systems (system: system);
    flattenTree = tree: tree;
    filterPackages = _: packages: packages;
    mkApp = { drv, name ? drv.pname or drv.name, exePath ? "/bin/${name}" }: { type = "app"; program = "${drv}${exePath}"; };
  };
}

# A network file as the plan of its machines: what each is made of, down to the text of every file.
# Print it with `nix-instantiate --eval --strict --json`.
#
# networkFile: path of the network file.
# packageIndex: path of a JSON file with the versions of all Debian packages: { SYSTEM: { NAME: VERSION } }.
# hostSystem: the system of a machine that does not choose one.
{ networkFile, packageIndex, hostSystem }:

let
  lib = import ./lib;
  inherit (lib) fail;
  file = toString networkFile;

  index = builtins.fromJSON (builtins.readFile packageIndex);
  # One set for all machines of a system; overlays make a set of their own.
  shared = lib.genAttrs [ "x86_64-linux" "i686-linux" ] (system: import ./pkgs { inherit lib index system; });
  pkgsFor = system: overlays:
    if overlays == [ ] && shared ? ${system} then shared.${system} else import ./pkgs { inherit lib index system overlays; };

  network = import ./network.nix { inherit lib file hostSystem pkgsFor; } (import networkFile);
in
{
  format = 1;
  inherit (network) description;
  machines = import ./checks.nix { inherit lib file; }
    (builtins.mapAttrs (name: machine: import ./plan.nix { inherit lib file; } machine) network.machines);
}

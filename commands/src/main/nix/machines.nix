# A network file as the evaluated machines of Debian guests; `evaluate.nix` explains the arguments.
{ lib, networkFile, packageIndex, hostSystem }:

let
  file = toString networkFile;

  index = builtins.fromJSON (builtins.readFile packageIndex);
  # One set for all machines of a system; overlays make a set of their own.
  shared = lib.genAttrs [ "x86_64-linux" "i686-linux" ] (system: import ./pkgs { inherit lib index system; });
  pkgsFor = system: overlays:
    if overlays == [ ] && shared ? ${system} then shared.${system} else import ./pkgs { inherit lib index system overlays; };
in
import ./network.nix { inherit lib file hostSystem pkgsFor; } (import networkFile)

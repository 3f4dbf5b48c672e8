{ lib, ... }:

{
  evalTest = module:
    let
      evaluated = lib.evalModules {
        modules = [ module ./test.nix ];
        specialArgs = { inherit lib; };
      };
    in
    evaluated;
}

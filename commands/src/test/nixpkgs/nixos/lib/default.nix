{ lib, ... }:

{
  evalTest = module:
    let
      evaluate = more: lib.evalModules {
        modules = [ module ./test.nix ] ++ more;
        specialArgs = { inherit lib; again = more: (evaluate [ more ]).config; };
      };
    in
    evaluate [ ];
}

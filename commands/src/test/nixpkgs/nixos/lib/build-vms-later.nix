{ system, specialArgs }:

machines:
    let
      names = builtins.attrNames machines;
      numbers = builtins.listToAttrs (builtins.genList
        (i: { name = builtins.elemAt names i; value = i + 1; })
        (builtins.length names));
      nodes = builtins.mapAttrs
        (name: module: import ./eval-config.nix {
          inherit name nodes system specialArgs;
          index = numbers.${name};
          modules = [ module ];
        })
        machines;
    in
    builtins.mapAttrs (_: node: node.config) nodes

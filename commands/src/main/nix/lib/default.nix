# nixlab's own `lib`: the functions that configurations use, under the names that nixpkgs gave them.
let
  parts = {
    lists = import ./lists.nix { inherit lib; };
    strings = import ./strings.nix { inherit lib; };
    attrsets = import ./attrsets.nix { inherit lib; };
    trivial' = import ./trivial.nix { inherit lib; };
    errors = import ./errors.nix { inherit lib; };
    options = import ./options.nix { inherit lib; };
    modules = import ./modules.nix { inherit lib; };
  };
  flat = parts.trivial' // parts.strings // parts.lists // parts.attrsets // parts.errors // parts.options // parts.modules;
  lib = flat // {
    inherit (parts) lists strings attrsets;
    options = parts.options;
    modules = parts.modules // parts.options;
    trivial = parts.trivial' // parts.trivial'.trivial;
    types = import ./types.nix { inherit lib; };
    generators = import ./generators.nix { inherit lib; };
    meta = { inherit (flat) getExe getExe'; };
    customisation = { inherit (flat) makeOverridable callPackageWith; };
    fixedPoints = { inherit (flat) fix extends composeExtensions composeManyExtensions; };
    versions = rec {
      splitVersion = builtins.splitVersion;
      major = v: builtins.elemAt (splitVersion v) 0;
      minor = v: builtins.elemAt (splitVersion v) 1;
      majorMinor = v: "${major v}.${minor v}";
    };
    # `lib.extend` is of use only to nixpkgs itself.
    inherit lib;
  };
in
lib

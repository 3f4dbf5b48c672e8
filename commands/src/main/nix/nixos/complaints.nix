# All options that a network file sets and NixOS does not have, of which its module system tells but the first: each is told by
# a trace of one line. The arguments are those of `evaluate.nix`.
{ nixpkgs, networkFile, guest, hostSystem, attribute ? "[]", interactive ? true, withTest ? false, userArguments ? { } }:

let
  lib = import ../lib/whole.nix { tell = failure: builtins.trace "nixlab-complaint: ${builtins.toJSON failure}"; };
  evaluated = import ./machines.nix {
    inherit lib nixpkgs networkFile guest hostSystem attribute userArguments interactive;
    more = [ unchecked ];
  };

  # A machine that takes anything, and shows what its modules are given.
  unchecked = { config, lib, options, ... }: {
    _file = "nixlab's complaints";
    options.nixlabInside = lib.mkOption { default = { inherit options; arguments = { inherit config lib options; } // config._module.args; }; };
    config._module.check = false;
  };

  # Modules of the tree are right.
  read = _: path: if lib.hasPrefix "${toString nixpkgs}/nixos/modules/" (toString path) then { } else import path;
  unknownIn = name:
    let inside = evaluated.nodes.${name}.nixlabInside;
    in lib.unknownOptions {
      inherit read;
      inherit (inside) options;
      arguments = inside.arguments // { modulesPath = "${toString nixpkgs}/nixos/modules"; };
      file = toString networkFile;
      modules = evaluated.modulesOf name;
    };
in
lib.failInspite (lib.concatMap unknownIn (lib.attrNames evaluated.nodes)) null

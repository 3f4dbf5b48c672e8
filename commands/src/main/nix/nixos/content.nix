# What a file says of NixOS guests: machines, a test, or systems that are evaluated already; a flake's output stands for a file.
{ lib, tree, file, hostSystem, attribute, userArguments }:

let
  inherit (lib) fail placeOf showKind;

  form = import ../form.nix {
    inherit lib file userArguments;
    attribute = builtins.fromJSON attribute;
    inherit (tree) pkgs;
    system = hostSystem;
    near = { nixpkgs = treeAsFlake; } // lib.optionalAttrs (nearest != null) { self = here; inherit (here) inputs; };
    one = if isFlake then lib.last output.way else null;
    what = if isFlake then "the output ${lib.showOption output.way} of the flake" else "the file";
    called = if isFlake then "${read.nixlabFlake}#${lib.showOption way}." else "${baseNameOf file}#";
    answer = path:
      let
        # What is built of a system does not say any more what it was made of.
        nixos = arguments:
          let system = import (path + "/lib/eval-config.nix") { system = arguments.system or hostSystem; modules = [ arguments.configuration ]; };
          in system // { vm = system; inherit system; };
      in
      if builtins.pathExists (path + "/lib/eval-config.nix") && builtins.pathExists (path + "/default.nix") then nixos
      else if builtins.pathExists (path + "/nixos/lib/eval-config.nix") then arguments: form.withTests (import path arguments)
      else if builtins.pathExists (path + "/eval-config.nix") then arguments: import path arguments // form.framework
      else null;
    # The tree is large, and what is read with other eyes is read again each time.
    scopes = path:
      let place = toString path;
      in !(lib.hasPrefix "${tree.path}/" place) || lib.hasPrefix "${tree.path}/nixos/tests/" place;
  };

  # As a flake that belongs to the file sees the tree.
  treeAsFlake = {
    _type = "flake";
    outPath = tree.path;
    lib = tree.pkgs.lib // { nixosSystem = arguments: import (tree.path + "/nixos/lib/eval-config.nix") ({ system = hostSystem; } // arguments); };
    legacyPackages.${hostSystem} = form.withTests tree.pkgs;
    inputs = { };
  };
  nearest = import ../nearest-flake.nix (dirOf file);
  here = import ../read-flake.nix { inherit lib standingFor; inherit (form) read; nixpkgs = treeAsFlake; } nearest;
  standingFor = source: if source.repo or source.id or "" == "flake-utils" then import ../utilities.nix { inherit lib; } else null;

  # What nixlab writes in the place of a network file when a flake is named.
  read = form.read file;
  isFlake = builtins.isAttrs read && read ? nixlabFlake;
  flake = builtins.getFlake read.nixlabFlake;
  output = import ../outputs.nix { inherit lib hostSystem flake; inherit (read) attribute; name = read.nixlabFlake; place = null; };
  raw =
    if !isFlake then read
    else if isBuiltTest found || holdsBuiltTests then
      lib.attrByPath way
        (fail {
          message = "`${lib.concatStringsSep "." read.attribute}` of the flake ${read.nixlabFlake} is a test that nixlab cannot take apart";
          hint = "write the test to a file and name that";
        })
        again
    else found;
  inherit (output) way found;

  # A test that a flake has made no longer says what it was made of: the flake's outputs are asked for again, with packages
  # that hand tests back.
  isBuiltTest = value: builtins.isAttrs value && (value.type or null) == "derivation" && value ? nodes;
  holdsBuiltTests = builtins.isAttrs found && !(found ? type) && lib.any isBuiltTest (lib.attrValues found);
  again =
    let
      inside = builtins.match ".*[?&]dir=([^&]+).*" read.nixlabFlake;
      files = (if inside == null then [ ] else [ "${flake}/${lib.head inside}/flake.nix" ]) ++ [ "${flake}/flake.nix" ];
      inputs = builtins.mapAttrs
        (_: input: input // lib.optionalAttrs (input ? legacyPackages) {
          legacyPackages = builtins.mapAttrs (_: form.withTests) input.legacyPackages;
        })
        flake.inputs;
      outputs = (form.read (lib.findFirst builtins.pathExists null files)).outputs (inputs // { self = flake // outputs; });
    in
    outputs;
  said = form.said raw;
  recognised = form.recognise said;
  systems = recognised.systems or null;
  tested = recognised.test or null;
  test = if tree.isOld && tested ? __functor then tested form.available else tested;
  isNetwork = test == null && systems == null;

  network = import ../content.nix { inherit lib file; inherit (form) call read settle; }
    (if isFlake && !(builtins.isAttrs said.content) then
      fail {
        message = "`${lib.concatStringsSep "." read.attribute}` of the flake ${read.nixlabFlake} is ${showKind said.content}, no set of machines";
      }
    else recognised.network);
in
{
  inherit systems test;
  # Where the file speaks of a machine, as far as that can be known.
  placeOfMachine = name:
    if isNetwork then network.places.${name}
    else
      let nodes = if systems != null then systems else if builtins.isAttrs test then test.nodes or { } else { };
      in if builtins.isAttrs nodes && nodes ? ${name} then placeOf { inherit file; at = { inherit name; attrs = nodes; }; } else file;
  machines = if !isNetwork then { } else builtins.mapAttrs (name: modules: network.given name ++ modules) network.modules;
  specialArgs = if isNetwork then network.sharedArgs else { };
  description = if isNetwork then network.description else null;
}

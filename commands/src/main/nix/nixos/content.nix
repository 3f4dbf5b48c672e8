# What a file says of NixOS guests: machines, a test, or systems that are evaluated already; a flake's output stands for a file.
{ lib, tree, file, hostSystem, attribute, userArguments }:

let
  inherit (lib) fail placeOf showKind;

  form = import ../form.nix {
    inherit lib file userArguments;
    attribute = builtins.fromJSON attribute;
    inherit (tree) pkgs;
    system = hostSystem;
    answer = path:
      if builtins.pathExists (path + "/nixos/lib/eval-config.nix") then arguments: form.withTests (import path arguments)
      else if builtins.pathExists (path + "/eval-config.nix") then arguments: import path arguments // form.framework
      else null;
    # The tree is large, and what is read with other eyes is read again each time.
    scopes = path:
      let place = toString path;
      in !(lib.hasPrefix "${tree.path}/" place) || lib.hasPrefix "${tree.path}/nixos/tests/" place;
  };

  # What nixlab writes in the place of a network file when a flake is named.
  read = form.read file;
  isFlake = builtins.isAttrs read && read ? nixlabFlake;
  flake = builtins.getFlake read.nixlabFlake;
  places = [ [ ] [ "packages" hostSystem ] [ "legacyPackages" hostSystem ] [ "nixosConfigurations" ] ];
  output = lib.findFirst (place: lib.hasAttrByPath (place ++ read.attribute) flake) null places;
  raw =
    if !isFlake then read
    else if output == null then
      fail {
        message = "the flake ${read.nixlabFlake} has no output `${lib.concatStringsSep "." read.attribute}`";
        hint = "it has ${lib.concatStringsSep ", " (builtins.attrNames flake.outputs)}";
      }
    else if isBuiltTest found then
      lib.attrByPath way
        (fail {
          message = "`${lib.concatStringsSep "." read.attribute}` of the flake ${read.nixlabFlake} is a test that nixlab cannot take apart";
          hint = "write the test to a file and name that";
        })
        again
    else found;
  way = output ++ read.attribute;
  found = lib.attrByPath way null flake;

  # A test that a flake has made no longer says what it was made of: the flake's outputs are asked for again, with packages
  # that hand tests back.
  isBuiltTest = value: builtins.isAttrs value && (value.type or null) == "derivation" && value ? nodes;
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
  settled = said.content;

  ownName = system: let name = system.config.networking.hostName; in if name == "" then "machine" else name;
  isSystem = value: builtins.isAttrs value && value ? extendModules && value ? config;
  systems =
    if isSystem settled then { ${if isFlake then lib.last read.attribute else ownName settled} = settled; }
    else if builtins.isAttrs settled && settled != { } && lib.all isSystem (lib.attrValues settled) then settled
    else null;
  tested = if systems != null then null else form.testOf said;
  test = if builtins.isFunction tested && tree.isOld then form.call tested { } else tested;

  network = import ../content.nix { inherit lib file; inherit (form) read settle; }
    (if isFlake && !(builtins.isAttrs settled) then
      fail {
        message = "`${lib.concatStringsSep "." read.attribute}` of the flake ${read.nixlabFlake} is ${showKind settled}, no set of machines";
      }
    else settled);
in
{
  inherit systems test;
  # Where the file speaks of a machine, as far as that can be known.
  placeOfMachine = name:
    if test == null && systems == null then network.places.${name}
    else
      let nodes = if systems != null then systems else if builtins.isAttrs test then test.nodes or test.containers or { } else { };
      in if builtins.isAttrs nodes && nodes ? ${name} then placeOf { inherit file; at = { inherit name; attrs = nodes; }; } else file;
  machines = if test == null && systems == null then network.modules else { };
  description = if test == null && systems == null then network.description else null;
}

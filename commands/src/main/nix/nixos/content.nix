# What a file says: machines, or a test of NixOS with machines in it, however it asks for the test framework.
{ lib, tree, file, hostSystem, userArguments }:

let
  inherit (lib) fail placeOf showKind;

  # A test framework that hands back what it is given. Every way to it that test files use leads here.
  capture = test: { nixlabTest = test; };
  called = test: capture (if builtins.isFunction test then test available else test);
  framework = { makeTest = capture; simpleTest = capture; runTest = capture; evalTest = capture; inherit (tree) pkgs; };
  withTests = pkgs: pkgs // {
    nixosTest = called;
    testers = pkgs.testers or { } // { nixosTest = called; runNixOSTest = capture; };
  };
  insteadOf = path:
    let name = baseNameOf (toString path);
    in
    if lib.elem name [ "make-test-python.nix" "make-test.nix" ] then test: _: called test
    else if lib.elem name [ "testing-python.nix" "testing.nix" ] then _: framework
    else if builtins.pathExists (path + "/nixos/lib/eval-config.nix") then arguments: withTests (import path arguments)
    else if builtins.pathExists (path + "/eval-config.nix") then arguments: import path arguments // framework
    else import path;

  pkgs = withTests tree.pkgs;
  available = { inherit pkgs; inherit (pkgs) lib; system = hostSystem; config = { }; } // userArguments;
  call = function:
    let formals = builtins.functionArgs function;
    in function (if formals == { } then available else builtins.intersectAttrs formals available // userArguments);
  settle = value: if builtins.isFunction value then settle (call value) else value;

  # What nixlab writes in the place of a network file when a flake is named.
  read = builtins.scopedImport { import = insteadOf; } file;
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
    else lib.attrByPath (output ++ read.attribute) null flake;
  settled = settle raw;
  isTest = value: value ? testScript && (value ? nodes || value ? machine || value ? containers);
  # A test that is a module is called by the framework, which has more to give it.
  asModule = value: if builtins.isFunction raw && !tree.isOld then raw else value;
  test =
    if !(builtins.isAttrs settled) then null
    else if settled ? nixlabTest then settled.nixlabTest
    else if isTest settled then asModule settled
    else null;

  ownName = system: let name = system.config.networking.hostName; in if name == "" then "machine" else name;
  isSystem = value: builtins.isAttrs value && value ? extendModules && value ? config;
  systems =
    if isSystem settled then { ${if isFlake then lib.last read.attribute else ownName settled} = settled; }
    else if builtins.isAttrs settled && settled != { } && lib.all isSystem (lib.attrValues settled) then settled
    else null;

  network = import ../content.nix {
    inherit lib file;
    arguments = available;
  } (if isFlake && !(builtins.isAttrs settled) then
    fail {
      message = "`${lib.concatStringsSep "." read.attribute}` of the flake ${read.nixlabFlake} is ${showKind settled}, no set of machines";
    }
  else settled);
in
{
  inherit systems;
  test = if systems != null then null else if builtins.isFunction test && tree.isOld then call test else test;
  # Where the file speaks of a machine, as far as that can be known.
  placeOfMachine = name:
    if test == null && systems == null then network.places.${name}
    else
      let nodes = if systems != null then systems else if builtins.isAttrs test then test.nodes or test.containers or { } else { };
      in if builtins.isAttrs nodes && nodes ? ${name} then placeOf { inherit file; at = { inherit name; attrs = nodes; }; } else file;
  machines = if test == null && systems == null then network.modules else { };
  description = if test == null && systems == null then network.description else null;
}

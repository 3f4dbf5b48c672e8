# A test of NixOS in a network file for Debian guests: the modules of its machines, and its script.
#
# module: the test. pkgs: the packages of the host. nodes: the machines, evaluated. screens: whether they have a screen
# unless the test says otherwise. interactive: whether somebody uses the machines, and no script.
{ lib, file, pkgs, nodes, screens, module, interactive }:

let
  inherit (lib) fail placeOf showKind;

  evaluate = more: lib.evalModules {
    inherit file;
    specialArgs = { inherit lib nodes pkgs; hostPkgs = pkgs; containers = { }; };
    modules = [ ./test-options.nix ]
      ++ (if builtins.isAttrs module && !(module ? __functor) then [ { _file = file; imports = [ module ]; } ] else [ module ]) ++ more;
  };
  plain = evaluate [ ];
  evaluated = if interactive && plain.options.interactive.isDefined then evaluate [ plain.config.interactive ] else plain;
  inherit (evaluated) config options;

  # Where the test says something.
  definition = option: lib.findFirst (_: true) { inherit file; } option.definitionsWithLocations;
  placeIn = option: name:
    let found = lib.findFirst (d: d.value ? ${name}) null option.definitionsWithLocations;
    in if found == null then file else placeOf { inherit (found) file; at = { inherit name; attrs = found.value; }; };

  machines = config.nodes // lib.optionalAttrs (config.machine != null) { inherit (config) machine; };
  shared = [ config.defaults config.nodeDefaults config.extraBaseModules config.extraBaseNodeModules ]
    ++ lib.optional screens { virtualisation.graphics = lib.mkDefault true; };

  # What a text names that no file of the store is.
  unbuilt = text: lib.filter (lib.hasSuffix ".drv") (lib.attrNames (builtins.getContext text));

  script =
    let
      said = config.testScript;
      formals = lib.functionArgs said;
      given = { inherit nodes; containers = { }; };
      text = if builtins.isFunction said then said (if formals == { } then given else builtins.intersectAttrs formals given) else said;
    in
    if builtins.isString text && unbuilt text == [ ] then text
    else if builtins.isString text then fail {
      message = "the script names what Nix would have to build: ${lib.concatStringsSep ", " (unbuilt text)}";
      place = placeOf (definition options.testScript);
      hint = "Debian guests have files (./file, builtins.toFile) and packages (pkgs.NAME)";
    }
    else fail {
      message = "`testScript` must be a text, or a function that gives one, not ${showKind text}";
      place = placeOf (definition options.testScript);
    };
in
{
  description = null;
  inherit (config.node) specialArgs;

  test = if config.testScript == null then null else {
    inherit (config) name globalTimeout enableOCR;
    inherit script;
    pythonPackages = lib.concatMap (package: package.debianPackages) (config.extraPythonPackages pkgs.python3Packages);
  };
}
// import ./machine-list.nix { inherit lib file; } {
  places = lib.mapAttrs (name: _: placeIn (if config.nodes ? ${name} then options.nodes else options.machine) name) machines;
  modules = lib.mapAttrs (_: node: shared ++ [ node ]) machines;
}

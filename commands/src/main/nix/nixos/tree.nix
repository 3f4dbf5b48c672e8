# A nixpkgs tree of any release since 15.09, under one interface.
#
# file: what machines are said to be defined in.
{ lib, nixpkgs, file, hostSystem }:

let
  inherit (lib) fail;
  path = toString nixpkgs;
  inside = name: path + "/" + name;
  has = name: builtins.pathExists (inside name);
  version = lib.findFirst has ".version" [ "lib/.version" ".version" ];

  isTree = has "nixos/lib/eval-config.nix" && has "pkgs/top-level/all-packages.nix";
  buildVms = import (inside "nixos/lib/build-vms.nix");
  # Releases until 22.05 have build-vms.nix; the test framework, which is made of modules, replaces it since 22.11.
  isOld = has "nixos/lib/build-vms.nix";

  instantiate = arguments: import (inside "default.nix") arguments;
  pkgs = instantiate { system = hostSystem; };

  old = { machines, test, common, specialArgs, interactive }:
    let
      arguments = { system = hostSystem; inherit pkgs; specialArgs = specialArgs // test.node.specialArgs or { }; };
      framework = buildVms (builtins.intersectAttrs (builtins.functionArgs buildVms // { system = true; }) arguments);
      # The oldest know them only where nothing is imported by them.
      late = lib.optional (!(builtins.functionArgs buildVms ? specialArgs) && arguments.specialArgs != { }) { _module.args = arguments.specialArgs; };
      byHand = if interactive then test.interactive.nodes or { } else { };
      nodes = if test == null then machines else builtins.mapAttrs (_: _: { }) byHand // test.nodes or { machine = test.machine; };
      more = name: [ (test.defaults or { }) (byHand.${name} or { }) ];
      wrapped = builtins.mapAttrs
        (name: node: { _file = file; imports = common ++ late ++ lib.optionals (test != null) (more name) ++ lib.toList node; })
        nodes;
      evaluated = framework.buildVirtualNetwork wrapped;
      # Scripts say `nodes.NAME.config.OPTION`, and since 22.05 `nodes.NAME.OPTION`.
      known = builtins.mapAttrs (_: node: node.config // removeAttrs node [ "type" ]) evaluated;
      said = test.testScript;
      formals = lib.functionArgs said;
    in
    {
      nodes = builtins.mapAttrs (_: node: node.config) evaluated;
      modulesOf = name: lib.toList nodes.${name};
      test = if !(test ? testScript) then null else {
        name = test.name or "unnamed";
        script =
          if builtins.isFunction said then said (if formals == { } then { nodes = known; } else builtins.intersectAttrs formals { nodes = known; })
          else said;
        globalTimeout = test.globalTimeout or null;
        enableOCR = test.enableOCR or false;
        extraPythonPackages = test.extraPythonPackages or (_: [ ]);
      };
    };

  modern = { machines, test, common, specialArgs, interactive }:
    let
      framework = import (inside "nixos/lib/default.nix") { inherit (pkgs) lib; };
      # Else another QEMU would be built for the same machines.
      sameQemu = { options, ... }: {
        config = lib.optionalAttrs (options ? interactive && options ? qemu) {
          interactive.qemu.package = lib.mkForce evaluated.config.qemu.package;
        };
      };
      # Tests that nixpkgs runs with its own packages ask for them by this name. Machines still make theirs.
      samePackages = { options, ... }: {
        config = lib.optionalAttrs (options.node or { } ? pkgsReadOnly) {
          node.pkgs = lib.mkOverride 1400 pkgs;
          node.pkgsReadOnly = lib.mkOverride 1400 (options.node.pkgs.highestPrio < 1400);
        };
      };
      evaluated = framework.evalTest {
        imports = lib.optional (test != null) test ++ [ sameQemu samePackages ];
        config = {
          hostPkgs = pkgs;
          defaults.imports = common;
        } // lib.optionalAttrs (test == null) {
          name = "network";
          testScript = "";
          nodes = builtins.mapAttrs (_: node: { _file = file; imports = lib.toList node; }) machines;
        } // lib.optionalAttrs (specialArgs != { }) {
          node = { inherit specialArgs; };
        };
      };
      # The framework itself sets what its program for that is given.
      isUsers = definition:
        !(lib.hasPrefix (inside "nixos/lib/") (toString definition.file))
        && !(builtins.isAttrs definition.value && removeAttrs definition.value [ "qemu" "extraDriverArgs" ] == { });
      isTold = lib.any isUsers (evaluated.options.interactive.definitionsWithLocations or [ ]);
    in
    {
      nodes = if interactive && isTold then evaluated.config.interactive.nodes else evaluated.config.nodes;
      modulesOf = name:
        map (definition: { _file = definition.file; imports = [ definition.value ]; })
          (map (d: d // { value = d.value.${name}; }) (lib.filter (d: d.value ? ${name}) evaluated.options.nodes.definitionsWithLocations)
            ++ evaluated.options.defaults.definitionsWithLocations);
      test = if test == null || !evaluated.options.testScript.isDefined then null else {
        inherit (evaluated.config) name enableOCR extraPythonPackages;
        script = evaluated.config.testScriptString;
        globalTimeout = if evaluated.options.globalTimeout.highestPrio < 1500 then evaluated.config.globalTimeout else null;
      };
    };
in
if !isTree then
  fail {
    message = "${path} is no nixpkgs tree";
    place = path;
    hint = "name one with --nixpkgs PATH, NIXPKGS_ALL or NIX_PATH";
  }
else {
  inherit path pkgs instantiate isOld;
  release = lib.fileContents (inside version);
  # Since 23.05 or so the framework sets the system of every machine, which hinders those that choose another.
  setsSystem = !isOld && lib.hasInfix "nodes.nix-pkgs" (builtins.readFile (inside "nixos/lib/testing/nodes.nix"));
  # The evaluated machines of a network or a test, and the script of the test; null where there is none.
  evaluate = if isOld then old else modern;
}

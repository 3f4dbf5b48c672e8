# A network file as the evaluated machines of Debian guests; `evaluate.nix` explains the arguments.
#
# screens: whether machines of a test have a screen unless it says otherwise.
{ lib, networkFile, packageIndex, hostSystem, attribute, screens ? false }:

let
  file = toString networkFile;

  index = builtins.fromJSON (builtins.readFile packageIndex);
  # One set for all machines of a system; overlays make a set of their own.
  shared = lib.genAttrs [ "x86_64-linux" "i686-linux" ] (system: import ./pkgs { inherit lib index system; });
  pkgsFor = system: overlays:
    if overlays == [ ] && shared ? ${system} then shared.${system} else import ./pkgs { inherit lib index system overlays; };

  pkgs = pkgsFor hostSystem [ ];
  form = import ./form.nix {
    inherit lib file pkgs;
    attribute = builtins.fromJSON attribute;
    system = hostSystem;
    answer = path:
      if builtins.pathExists (path + "/nixos/lib/eval-config.nix") then
        arguments: form.withTests (pkgsFor (arguments.system or hostSystem) (arguments.overlays or [ ]))
      else if builtins.pathExists (path + "/../nixos/lib/eval-config.nix") && builtins.pathExists (path + "/default.nix") then lib
      else if builtins.pathExists (path + "/eval-config.nix") then _: form.framework
      else null;
    # The files of a nixpkgs tree that network files name, where there is no tree.
    stand = ./nixpkgs;
  };
  ours = toString ./. + "/";
  readModule = from: path:
    let
      text = toString path;
      module = builtins.match ".*/nixos/modules/(.*)" text;
    in
    if module != null && lib.elem (lib.head module) (import ./modules-aside.nix) then { }
    else if lib.hasPrefix "${ours}nixpkgs/" text && !(builtins.pathExists text) then
      lib.fail {
        message = "Debian guests do not have the module ${lib.head module} of NixOS";
        place = toString from;
        hint = "`options` in the shell lists the options there are";
      }
    else if lib.hasPrefix ours text then import path
    else form.read path;
  said = form.said (form.read file);
  test = form.testOf said;
in
import ./network.nix { inherit lib file hostSystem pkgsFor readModule; } (nodes:
  if test == null then import ./content.nix { inherit lib file; inherit (form) read settle; } said.content
  else import ./test.nix {
    inherit lib file nodes pkgs screens;
    module = if builtins.isFunction test then form.asModule test else test;
  })

# A network file as the evaluated machines of Debian guests; `evaluate.nix` explains the arguments.
#
# screens: whether machines of a test have a screen unless it says otherwise.
{ lib, networkFile, packageIndex, hostSystem, attribute, userArguments ? { }, interactive ? true, screens ? false }:

let
  file = if isFlake then "${read.nixlabFlake}/flake.nix" else toString networkFile;

  index = builtins.fromJSON (builtins.readFile packageIndex);
  # One set for all machines of a system; overlays make a set of their own.
  shared = lib.genAttrs [ "x86_64-linux" "i686-linux" ] (system: import ./pkgs { inherit lib index system; });
  pkgsFor = system: overlays:
    # There is a better word for it than that each package is missing.
    if !(shared ? ${system}) then pkgsFor hostSystem overlays
    else if overlays == [ ] then shared.${system} else import ./pkgs { inherit lib index system overlays; };

  pkgs = pkgsFor hostSystem [ ];
  form = import ./form.nix {
    inherit lib file pkgs userArguments;
    attribute = builtins.fromJSON attribute;
    system = hostSystem;
    answer = path:
      if builtins.pathExists (path + "/nixos/lib/eval-config.nix") then
        arguments: form.withTests (pkgsFor (arguments.system or hostSystem) (arguments.overlays or [ ] ++ lib.optional (arguments ? config.packageOverrides) (_: arguments.config.packageOverrides)))
      else if builtins.pathExists (path + "/lib/eval-config.nix") && builtins.pathExists (path + "/default.nix") then
        arguments: counterpart.nixosSystem { modules = [ (arguments.configuration or { }) ]; }
      else if builtins.pathExists (path + "/../nixos/lib/eval-config.nix") && builtins.pathExists (path + "/default.nix") then lib
      else if builtins.pathExists (path + "/eval-config.nix") then _: form.framework
      else if baseNameOf (toString path) == "eval-config.nix" then counterpart.nixosSystem
      else null;
    # The files of a nixpkgs tree that network files name, where there is no tree.
    stand = ./nixpkgs;
    patient = true;
    evaluators = { inherit (counterpart) nixos; } // sources.fetchers pkgs;
    # The Nix of Debian guests knows no flakes.
    scope = sources.fetching // { builtins = builtins // sources.fetching // {
      getFlake = reference:
        if lib.hasPrefix "/" (toString reference) then flakeAt (/. + toString reference)
        else if builtins.match "(github:NixOS/)?nixpkgs(/.*)?" reference != null then counterpart.flake
        else lib.fail { message = "Debian guests take only flakes that lie on this host, not ${reference}"; hint = "clone it and name its directory"; };
    }; };
    others = sources.ofSearchPath;
    near = { nixpkgs = counterpart.flake; } // lib.optionalAttrs (nearest != null) { self = flakeAt nearest; inherit (flakeAt nearest) inputs; };
    one = if isFlake then lib.last output.way else null;
    inherit what;
    called = if isFlake then "${read.nixlabFlake}#${lib.showOption output.way}." else "${baseNameOf networkFile}#";
  };

  counterpart = import ./counterpart.nix {
    inherit lib;
    stand = ./nixpkgs;
    packagesOf = system: form.withTests (pkgsFor system [ ]);
  };
  flakeAt = import ./read-flake.nix { inherit lib; inherit (form) read; nixpkgs = counterpart.flake; standingFor = sources.ofInput; };
  sources = import ./sources.nix {
    inherit lib flakeAt;
    inherit (counterpart) nixosSystem;
    nixpkgs = counterpart.flake;
    utilities = import ./utilities.nix { inherit lib; };
  };
  # The directory of the flake that the file belongs to.
  nearest = import ./nearest-flake.nix (dirOf networkFile);

  # What nixlab writes in the place of a network file when a flake is named.
  read = form.read networkFile;
  what = if isFlake then "the output ${lib.showOption output.way} of the flake" else "the file";
  isFlake = builtins.isAttrs read && read ? nixlabFlake;
  output = import ./outputs.nix {
    inherit lib hostSystem;
    inherit (read) attribute;
    name = read.nixlabFlake;
    place = file;
    flake = flakeAt (/. + read.nixlabFlake);
  };
  ours = toString ./. + "/";
  readModule = from: path:
    let
      text = toString path;
      module = builtins.match ".*/nixos/modules/(.*)" text;
    in
    if module != null && lib.elem (lib.head module) (import ./modules-aside.nix) then { }
    # Media differ in what they hold for those who install from them.
    else if module != null && builtins.match "installer/cd-dvd/installation-cd-.*\\.nix" (lib.head module) != null then
      import ./nixpkgs/nixos/modules/profiles/installation-device.nix
    else if lib.hasPrefix "${ours}nixpkgs/" text && !(builtins.pathExists text) then
      lib.fail {
        message = "Debian guests do not have the module ${lib.head module} of NixOS";
        place = toString from;
        hint = "`options` in the shell lists the options there are";
      }
    else if lib.hasPrefix "${ours}aside/nixos-hardware/" text then { }
    else if lib.hasPrefix "${ours}aside/" text && !(builtins.pathExists text) then
      lib.fail { message = "what stands for another project in Debian guests has no ${lib.removePrefix "${ours}aside/" text}"; place = toString from; }
    else if lib.hasPrefix ours text then import path
    # Written by the machine whose hardware it tells of, and seldom kept with the rest.
    else if builtins.match "hardware-configuration.*\\.nix" (baseNameOf text) != null && !(builtins.pathExists text) then
      builtins.trace "nixlab: ${text} is not there; Debian guests have hardware of their own" { }
    else form.read path;
  recognised = form.recognise (form.said (if isFlake then output.found else read));
  # Systems that nixlab's counterpart of nixpkgs was asked for say what they are made of.
  systems = builtins.mapAttrs
    (name: system: system.nixlabSystem or (lib.fail {
      message = "the system `${name}` has been evaluated by nixpkgs, and can be nothing but NixOS";
      place = file;
      hint = "run it with --guest nixos, or write its configuration: { ${name} = import ./FILE; }";
    }))
    recognised.systems or { };
  machinesOnly = content:
    if !(lib.isDerivation content) then content
    else lib.fail {
      message = "${what} is ${lib.showKind content}, which says nothing of machines any more";
      place = file;
      hint = "name what it is made of, or run it with --guest nixos";
    };
in
import ./network.nix { inherit lib file hostSystem pkgsFor readModule; } (nodes:
  if recognised ? test then import ./test.nix { inherit lib file nodes pkgs screens; module = recognised.test; inherit interactive; }
  else import ./content.nix
    { inherit lib file; inherit (form) call read settle; argumentsOf = name: (systems.${name} or { specialArgs = { }; }).specialArgs; }
    (if recognised ? network then machinesOnly recognised.network else builtins.mapAttrs (_: system: { imports = system.modules; }) systems))

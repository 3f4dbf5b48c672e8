# Files, scripts and collections that configurations write themselves.
{ lib, pkgs }:

let
  inherit (import ./recipes.nix { inherit lib; }) item recipe;
  shebang = "#!/bin/bash\n";

  textFile = name: text: item {
    inherit name;
    content = null;
    attrs = { outPath = builtins.toFile (lib.sanitizeName name) text; inherit text; };
  };
  program = name: text: item {
    inherit name;
    content = { kind = "bin"; inherit name text; };
    programs.${name} = "bin/${name}";
  };
  script = name: text: item { inherit name; content = { kind = "script"; inherit text; }; };
  links = name: entries: item {
    inherit name;
    content = { kind = "links"; links = lib.mapAttrs (_: target: "${target}") entries; };
    programs = lib.mapAttrs' (path: _: { name = baseNameOf path; value = path; })
      (lib.filterAttrs (path: _: builtins.match "s?bin/[^/]+" path != null) entries);
  };
  # What a script names is installed with it.
  python = libraries: text: "#!/usr/bin/python3\n" + lib.concatMapStrings (library: "# ${library}\n") libraries + text;
in
rec {
  writeText = textFile;
  writeScript = script;
  writeShellScript = name: text: script name (shebang + text);
  writeScriptBin = program;
  writeShellScriptBin = name: text: program name (shebang + text);
  writeShellApplication = { name, text, runtimeInputs ? [ ], runtimeEnv ? { }, ... }:
    program name (shebang + "set -o errexit\nset -o nounset\nset -o pipefail\n"
      + lib.concatStrings (lib.mapAttrsToList (n: v: "export ${lib.toShellVar n v}\n") (if runtimeEnv == null then { } else runtimeEnv))
      + lib.optionalString (runtimeInputs != [ ]) "export PATH=\"${lib.makeBinPath runtimeInputs}:$PATH\"\n"
      + text);
  writeTextFile = { name, text, executable ? false, destination ? "", ... }:
    let inner = if executable then script name text else textFile name text;
    in
    if destination == "" then inner
    else links name { ${lib.removePrefix "/" destination} = inner; };
  writeTextDir = path: text: writeTextFile { name = baseNameOf path; inherit text; destination = "/${path}"; };
  writeBash = writeShellScript;
  writeBashBin = writeShellScriptBin;
  writePython3 = name: { libraries ? [ ], ... }: text: script name (python libraries text);
  writePython3Bin = name: { libraries ? [ ], ... }: text: program name (python libraries text);
  writeConcat = name: files: textFile name (lib.concatMapStrings builtins.readFile files);
  concatText = writeConcat;

  linkFarm = name: entries:
    links name (if builtins.isList entries then lib.listToAttrs (map (e: { inherit (e) name; value = e.path; }) entries) else entries);
  linkFarmFromDrvs = name: drvs: linkFarm name (map (d: { inherit (d) name; path = d; }) drvs);
  symlinkJoin = { name ? "joined", paths, ... }: item {
    inherit name;
    content = { kind = "join"; paths = map (p: "${p}") paths; };
    programs = { };
    attrs = {
      debianPackages = lib.concatMap (p: p.debianPackages or [ ]) paths;
      programs = lib.mergeAttrsList (map (p: p.programs or { }) (lib.reverseList paths));
    };
  };
  buildEnv = { name, paths, ... }: symlinkJoin { inherit name paths; };
  copyPathToStore = path: "${path}";
  copyPathsToStore = map copyPathToStore;
  replaceVars = file: vars: textFile (baseNameOf file)
    (lib.replaceStrings (map (n: "@${n}@") (lib.attrNames vars)) (map toString (lib.attrValues vars)) (builtins.readFile file));
  substituteAll = args: replaceVars args.src (removeAttrs args [ "src" "name" ]);
}

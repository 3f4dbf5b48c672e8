# What nixpkgs builds or fetches. Debian guests are put together from packages, so each says what it was to make, and fails.
{ lib }:

let
  # Functions are called with a set, with a function of the set that comes of it, or with a name and more.
  setOf = argument: if builtins.isFunction argument && lib.functionArgs argument == { } then lib.fix argument else argument;
  named = argument:
    let set = setOf argument;
    in
    if builtins.isString argument then argument
    else if builtins.isPath argument then baseNameOf argument
    else if builtins.isAttrs set then set.pname or set.name or null
    else null;
  # Where that set is written, as far as it says what is made.
  place = argument:
    let
      set = setOf argument;
      said = lib.filter (name: builtins.isAttrs set && set ? ${name}) [ "pname" "name" "url" "urls" "repo" "imageName" ];
      position = builtins.unsafeGetAttrPos (lib.head said) set;
    in
    if said == [ ] || position == null then null else "${position.file}:${toString position.line}:${toString position.column}";
  refuse = what: hint: function: argument:
    let name = named argument;
    in lib.fail {
      message = "${if name == null then "something" else "`${name}`"} is to be ${what} by `pkgs.${function}`, which Debian guests cannot have done";
      place = place argument;
      inherit hint;
    };
  build = refuse "built" "name a package of Debian, write a script (pkgs.writeShellScriptBin) or a text (pkgs.writeText), or build it before and name the file (./FILE)";
  image = refuse "made" "make it before, and name the file: ./FILE";
  fetch = function: argument: lib.fail {
    message = "${address argument} is to be fetched by `pkgs.${function}`, which Debian guests cannot have done";
    place = place argument;
    hint = "Nix itself can fetch: builtins.fetchurl, builtins.fetchTarball, builtins.fetchGit; or take a copy: ./FILE";
  };
  pull = argument: lib.fail {
    message = "the image ${argument.imageName or "?"} is to be pulled by `pkgs.dockerTools.pullImage`, which Debian guests cannot have done";
    place = place argument;
    hint = "pull it before, and name the file: ./FILE; or let the machine pull it";
  };
  address = argument:
    if !(builtins.isAttrs argument) then "something"
    else if argument ? url then argument.url
    else if argument ? urls then lib.head argument.urls
    else if argument ? owner && argument ? repo then "${argument.owner}/${argument.repo}"
    else "something";

  each = make: names: lib.genAttrs names make;
  inside = set: make: names: { ${set} = lib.genAttrs names (name: make "${set}.${name}"); };
in
{
  python = lib.genAttrs [ "buildPythonPackage" "buildPythonApplication" ] (name: build "python3Packages.${name}")
    // { fetchPypi = fetch "python3Packages.fetchPypi"; };
  haskell = lib.genAttrs
    [ "callCabal2nix" "callHackage" "callPackage" "developPackage" "extend" "ghcWithHoogle" "ghcWithPackages" "mkDerivation" "override" "shellFor" ]
    (name: build "haskellPackages.${name}");
  pkgs =
    each build [
      "mkShell" "mkShellNoCC" "buildGoModule" "buildGoPackage"
      "buildNpmPackage" "mkYarnPackage" "buildPythonPackage" "buildPythonApplication" "buildRubyGem" "bundlerEnv" "bundlerApp"
      "buildFHSEnv" "buildFHSUserEnv" "applyPatches" "makeInitrd" "makeSquashfsImage" "nixos" "callPackages"
      "stdenv_32bit" "pkgsCross" "pkgsi686Linux" "writeCBin" "makeAutostartItem" "buildMaven" "buildDotnetModule" "buildDartApplication"
    ]
    // inside "clangStdenv" build [ "mkDerivation" ]
    // inside "gccStdenv" build [ "mkDerivation" ]
    // inside "rustPlatform" build [ "buildRustPackage" ]
    // inside "beamPackages" build [ "mixRelease" "buildMix" "buildRebar3" ]
    // inside "dockerTools" (name: if name == "dockerTools.pullImage" then pull else image name) [
      "pullImage"
      "buildImage" "buildLayeredImage" "streamLayeredImage" "buildImageWithNixDb" "buildLayeredImageWithNixDb" "streamNixShellImage"
      "mergeImages" "exportImage" "examples" "binSh" "usrBinEnv" "caCertificates" "fakeNss"
    ]
    // inside "testers" build [
      "testBuildFailure" "testVersion" "testEqualContents" "testEqualDerivation" "invalidateFetcherByDrvHash" "hasPkgConfigModules"
      "shellcheck" "lycheeLinkCheck" "runCommand"
    ]
    // inside "ociTools" image [ "buildContainer" ]
    // inside "vmTools" image [ "runInLinuxVM" "runInLinuxImage" "makeImageFromDebDist" ]
    // inside "appimageTools" build [ "wrapType2" "wrapType1" "extract" ]
    // each fetch [
      "fetchurl" "fetchzip" "fetchgit" "fetchFromGitHub" "fetchFromGitLab" "fetchFromGitea" "fetchFromSourcehut" "fetchFromBitbucket"
      "fetchpatch" "fetchpatch2" "fetchsvn" "fetchhg" "fetchPypi" "fetchNpmDeps" "fetchCrate" "fetchMavenArtifact" "requireFile"
    ];
}

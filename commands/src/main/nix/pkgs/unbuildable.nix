# Names of nixpkgs that need a build by Nix. Debian guests are put together from packages, so each fails and says so.
{ lib }:

let
  refuse = name: throw (lib.concatStringsSep "\n" [
    "nixlab: `pkgs.${name}` needs a build by Nix, which Debian guests do not have"
    "hint: use a Debian package, `pkgs.writeText`, `pkgs.writeShellScriptBin`, or a file beside the network file"
  ]);
in
{
  stdenv.mkDerivation = refuse "stdenv.mkDerivation";
  pkgs = lib.genAttrs [
    "runCommand" "runCommandLocal" "runCommandCC" "stdenvNoCC" "mkShell" "buildGoModule" "buildNpmPackage" "rustPlatform"
    "fetchurl" "fetchzip" "fetchgit" "fetchFromGitHub" "fetchFromGitLab" "fetchpatch" "buildPythonPackage" "nixosTest"
    "applyPatches" "makeWrapper" "stdenv_32bit" "requireFile" "callPackages" "pkgsCross" "pkgsi686Linux" "nixos"
  ]
    refuse;
}

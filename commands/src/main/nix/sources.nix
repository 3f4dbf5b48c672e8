# What stands for the sources that half of all network files name, wherever they take them from: nobody has to fetch what
# Debian guests make no use of.
#
# nixpkgs, utilities: the flakes that stand for nixpkgs and flake-utils. nixosSystem: what stands for its evaluation.
# flakeAt: the flake in a directory.
{ lib, nixpkgs, utilities, nixosSystem, flakeAt }:

let
  inherit (builtins) head isAttrs match;

  standing = name: more: { _type = "flake"; outPath = toString (./aside + "/${name}"); inputs = { }; } // more;
  # Projects have the one module under several names.
  modules = names: path: { nixosModules = lib.genAttrs ([ "default" ] ++ names) (_: path); nixosModule = path; };

  # By the names of their repositories.
  flakes = {
    inherit nixpkgs;
    nixpkgs-channels = nixpkgs;
    flake-utils = utilities;
    default = standing "systems" { };
    default-linux = standing "systems" { };
    x86_64-linux = standing "systems" { };
    agenix = standing "agenix" (modules [ "age" ] ./aside/agenix/modules/age.nix);
    disko = standing "disko" (modules [ "disko" ] ./aside/disko/module.nix);
    home-manager = standing "home-manager" (modules [ "home-manager" ] ./aside/home-manager/nixos/default.nix);
    impermanence = standing "impermanence" (modules [ "impermanence" ] ./aside/impermanence/nixos.nix);
    sops-nix = standing "sops-nix" (modules [ "sops" ] ./aside/sops-nix/modules/sops/default.nix);
    # A hive is what it is made of.
    colmena = standing "systems" { lib.makeHive = hive: hive; };
    # So is an image.
    nixos-generators = standing "systems" {
      nixosGenerate = { modules ? [ ], specialArgs ? { }, system ? "x86_64-linux", ... }: nixosSystem { inherit modules specialArgs system; };
      nixosModules = lib.genAttrs [ "all-formats" "qcow" "vm" "iso" "raw" ] (_: { });
    };
    flake-parts = standing "systems" { lib = import ./flake-parts.nix { inherit lib nixpkgs; }; };
    flake-compat = standing "systems" {
      __functor = _: { src, ... }: let flake = flakeAt (/. + toString src); in { defaultNix = flake; outputs = flake; };
    };
  };

  # Whoever has no name for a repository but a common word says whose it is.
  owners = lib.genAttrs [ "default" "default-linux" "x86_64-linux" ] (_: "nix-systems");
  known = owner: repository:
    let name = lib.toLower (lib.removeSuffix ".git" repository);
    in if flakes ? ${name} && lib.elem (owners.${name} or owner) [ owner null ] then flakes.${name} else null;

  hosts = "(https?://|git://|ssh://git@|git@)(codeload\\.|www\\.)?(github\\.com|gitlab\\.com|flakehub\\.com)[:/](f/|api/v4/projects/)?";
  # The flake that stands for what is at an address, or null.
  ofUrl = url:
    let
      repository = match "${hosts}([^/?]+)/([^/?]+).*" url;
      channel = match "https?://([a-z]+\\.)?nixos\\.org/(channels|nixos|nixpkgs|nixos-[^/]*|nixpkgs-[^/]*)(/.*)?" url;
    in
    if channel != null then nixpkgs
    else if repository != null then known (lib.elemAt repository 4) (lib.last repository)
    else null;
in
{
  # What stands for an input of a flake, as its lock or the flake itself has it, or null.
  ofInput = source:
    if source ? repo then known (source.owner or null) source.repo
    else if source ? id then known null source.id
    else ofUrl (lib.removePrefix "git+" (lib.removePrefix "tarball+" (source.url or "")));

  # Nix's own functions that fetch, but for what is known.
  fetching =
    let
      instead = fetch: argument:
        let
          url = if isAttrs argument then argument.url or "" else argument;
          found = if builtins.isString url then ofUrl url else null;
        in
        if found == null then fetch argument else toString found.outPath;
    in
    {
      fetchTarball = instead builtins.fetchTarball;
      fetchGit = instead builtins.fetchGit;
    };

  # The same for those among packages.
  fetchers = packages: {
    fetchFromGitHub = argument:
      let found = known (argument.owner or null) (argument.repo or "");
      in if found == null then packages.fetchFromGitHub argument else toString found.outPath;
  } // lib.genAttrs [ "fetchgit" "fetchzip" ] (name: argument:
    let found = ofUrl (argument.url or "");
    in if found == null then packages.${name} argument else toString found.outPath);

  # What <NAME> means where nothing else is said, or null.
  ofSearchPath = name:
    let first = head (lib.splitString "/" name);
    in
    if lib.elem first [ "agenix" "disko" "home-manager" "impermanence" "nixos-hardware" "sops-nix" ]
    then /. + toString ./aside + "/${name}" else null;
}

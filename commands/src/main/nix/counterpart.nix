# What stands for nixpkgs as a flake, and for its evaluation of systems, where there are Debian guests.
#
# stand: a directory whose files stand for those of nixpkgs. packagesOf: the packages of a system.
{ lib, stand, packagesOf }:

let
  inherit (lib) fail genAttrs;
  systems = [ "x86_64-linux" "i686-linux" ];

  # A system that is not evaluated, but says what it is made of.
  nixosSystem = { modules ? [ ], specialArgs ? { }, extraArgs ? { }, extraModules ? [ ], system ? null, ... }@arguments:
    let
      no = what: fail {
        message = "Debian guests have no ${what} of a system that nixpkgs evaluates";
        hint = "run it with --guest nixos";
      };
      platform = lib.optional (system != null) { nixpkgs.system = lib.mkOverride 1400 system; };
      others = lib.optional (extraArgs != { }) { _module.args = extraArgs; };
    in
    {
      nixlabSystem = { modules = platform ++ others ++ modules ++ extraModules; inherit specialArgs; };
      config = no "`config`";
      options = no "`options`";
      pkgs = packagesOf (if system == null then "x86_64-linux" else system);
      extendModules = more: nixosSystem (arguments // {
        modules = modules ++ more.modules or [ ];
        specialArgs = specialArgs // more.specialArgs or { };
      });
    };
in
{
  inherit nixosSystem;

  flake = {
    _type = "flake";
    outPath = stand;
    lib = lib // { inherit nixosSystem; nixos = { runTest = test: (packagesOf "x86_64-linux").testers.runNixOSTest test; }; };
    legacyPackages = genAttrs systems packagesOf;
    nixosModules = genAttrs [ "notDetected" "readOnlyPkgs" ] (_: { });
    inputs = { };
    rev = "0000000000000000000000000000000000000000";
    shortRev = "0000000";
    lastModified = 0;
    lastModifiedDate = "19700101000000";
  };
}

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
      platform = lib.optional (system != null) { nixpkgs.system = lib.mkOverride 1400 system; };
      others = lib.optional (extraArgs != { }) { _module.args = extraArgs; };
      # What would be built of it is the same again.
      built = genAttrs [ "vm" "vmWithBootLoader" "toplevel" "system" ] (_: declared);
      declared = built // {
        nixlabSystem = { modules = platform ++ others ++ modules ++ extraModules; inherit specialArgs; };
        config.system.build = built;
        options = fail {
          message = "Debian guests have no `options` of a system that nixpkgs evaluates";
          hint = "run it with --guest nixos";
        };
        pkgs = packagesOf (if system == null then "x86_64-linux" else system);
        extendModules = more: nixosSystem (arguments // {
          modules = modules ++ more.modules or [ ];
          specialArgs = specialArgs // more.specialArgs or { };
        });
      };
    in
    declared;
in
{
  inherit nixosSystem;

  # As `pkgs.nixos` has it.
  nixos = configuration: nixosSystem { modules = lib.toList configuration; };

  flake = {
    _type = "flake";
    # A text: what is below it is not to be copied.
    outPath = toString stand;
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

# What modules hand to the plan, and the checks that every configuration passes.
{ config, lib, name, ... }:

let
  inherit (lib) fail internal mkOption option types;
in
{
  options = {
    # Files outside /etc, in the form of the plan.
    nixlab.files = internal (types.listOf types.raw) [ ];
    # Debian packages that modules need.
    nixlab.packages = internal (types.listOf types.str) [ ];
    # Units of Debian packages that are to run although they are not ours.
    nixlab.units = internal (types.listOf types.str) [ ];

    assertions = mkOption {
      type = types.listOf types.unspecified;
      default = [ ];
      example = lib.literalExpression ''[ { assertion = config.services.httpd.enable; message = "needs httpd"; } ]'';
      description = "Conditions that must hold, each with the message to fail with when it does not.";
    };
    warnings = option (types.listOf types.str) [ ] "Messages to show when the network is loaded.";
    system.stateVersion = lib.inert types.str "23.05" "The NixOS release whose state formats to keep.";
    system.configurationRevision = lib.inert (types.nullOr types.str) null "Which revision of the configuration it is.";
    system.autoUpgrade = lib.inert (types.lazyAttrsOf types.anything) { } "Renew the system by itself.";
    system.copySystemConfiguration = lib.inert types.bool false "Keep a copy of the configuration.";
    system.replaceRuntimeDependencies = lib.inert (types.listOf types.raw) [ ] "Packages to put in the place of others.";
    system.disableInstallerTools = lib.inert types.bool false "Leave NixOS's own tools out.";
    system.fsPackages = lib.inert (types.listOf types.package) [ ] "Packages of file systems.";
    system.nixos = lib.inert (types.lazyAttrsOf types.anything) { } "What the release is called.";
    system.name = option types.str (if config.networking.hostName == "" then "unnamed" else config.networking.hostName)
      "What the system is called." // { defaultText = "the host name"; };
    system.extraDependencies = option (types.listOf (types.either types.package types.path)) [ ]
      "What is to be in the machine's store although nothing in its configuration names it."
    // { example = lib.literalExpression ''[ (pkgs.writeText "notes" "...") ]''; };
    system.build = internal (types.lazyAttrsOf types.raw) { };
    meta = internal types.raw { };
  };

  config = {
    system.build.toplevel = fail {
      message = "machine `${name}` has no `system.build.toplevel`: Debian guests are not made of one package";
      hint = "--guest nixos has it";
    };
    # A file that names them is enough.
    environment.etc."nixlab/dependencies" = lib.mkIf (config.system.extraDependencies != [ ]) {
      text = lib.concatMapStrings (dependency: "${dependency}\n") config.system.extraDependencies;
    };
  };
}

# Which system a machine is, and the `pkgs` that follows from it.
{ config, lib, options, hostSystem, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.nixpkgs;
  platform = types.either types.str types.attrs;
  systemOf = value: value.system or value;
  ours = [ "x86_64-linux" "i686-linux" ];

  # What a flake or the file of a machine's hardware says goes without saying, and is no wish: the machine is what this host has.
  inherit (options.nixpkgs) hostPlatform system;
  isWish = if system.isDefined then system.highestPrio < 1000 else !hostPlatform.isDefined || hostPlatform.highestPrio < 1000;
  said = if system.isDefined then lib.head system.definitions else systemOf cfg.hostPlatform;
  isForeign = !isWish && !(lib.elem said ours);
in
{
  options.nixpkgs = {
    system = mkOption {
      type = types.str;
      default = if cfg.hostPlatform != null then systemOf cfg.hostPlatform else systemOf cfg.localSystem;
      defaultText = "the host's own system";
      example = "i686-linux";
      description = "The architecture of the machine: `x86_64-linux` or `i686-linux`.";
      apply = value: if isForeign then hostSystem else value;
    };
    hostPlatform = option (types.nullOr platform) null "The newer name of `nixpkgs.system`." // { example = "i686-linux"; };
    localSystem = option platform { system = hostSystem; } "The older name of `nixpkgs.hostPlatform`."
      // { defaultText = "the host's own system"; };
    config = mkOption {
      type = types.submodule {
        freeformType = types.lazyAttrsOf types.raw;
        options.packageOverrides = option (types.functionTo types.raw) (_: { }) "A function of `pkgs:` that adds to or replaces names in `pkgs`."
          // { defaultText = "_: { }"; };
      };
      default = { };
      description = "The configuration of nixpkgs. What else may be said, such as `allowUnfree`, makes no difference here.";
    };
    # A set of packages of its own costs time.
    overridesPackages = lib.internal types.bool (lib.any (said: builtins.isAttrs said && said ? packageOverrides) options.nixpkgs.config.definitions);
    overlays = option (types.listOf types.raw) [ ] "Functions of `final: prev:` that add to or replace names in `pkgs`.";
  };

  config.warnings = lib.optional isForeign "the machine is ${hostSystem} here, not ${said}";
  config.assertions = [{
    assertion = builtins.elem cfg.system ours;
    message = "`nixpkgs.system` is \"${cfg.system}\"; Debian guests are \"x86_64-linux\" or \"i686-linux\"";
  }];
}

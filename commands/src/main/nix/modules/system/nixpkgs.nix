# Which system a machine is, and the `pkgs` that follows from it.
{ config, lib, hostSystem, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.nixpkgs;
  platform = types.either types.str types.attrs;
  systemOf = value: value.system or value;
in
{
  options.nixpkgs = {
    system = mkOption {
      type = types.str;
      default = if cfg.hostPlatform != null then systemOf cfg.hostPlatform else systemOf cfg.localSystem;
      defaultText = "the host's own system";
      example = "i686-linux";
      description = "The architecture of the machine: `x86_64-linux` or `i686-linux`.";
    };
    hostPlatform = option (types.nullOr platform) null "The newer name of `nixpkgs.system`." // { example = "i686-linux"; };
    localSystem = option platform { system = hostSystem; } "The older name of `nixpkgs.hostPlatform`."
      // { defaultText = "the host's own system"; };
    config = lib.inert (types.lazyAttrsOf types.raw) { } "The configuration of nixpkgs, such as `allowUnfree`.";
    overlays = option (types.listOf types.raw) [ ] "Functions of `final: prev:` that add to or replace names in `pkgs`.";
  };

  config.assertions = [{
    assertion = builtins.elem cfg.system [ "x86_64-linux" "i686-linux" ];
    message = "`nixpkgs.system` is \"${cfg.system}\"; Debian guests are \"x86_64-linux\" or \"i686-linux\"";
  }];
}

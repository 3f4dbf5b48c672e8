{ config, pkgs, ... }:
{
  imports = [ ./part.nix ];
  networking.hostName = "alone";
  services.openssh.enable = config.networking.domain != null;
  system.stateVersion = "24.11";
}
